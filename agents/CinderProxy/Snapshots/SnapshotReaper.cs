using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Snapshots;

/// <inheritdoc/>
internal sealed class SnapshotReaper(
    ChildCloud child, CinderDatabase database, SnapshotBook book, VolumeHost host, CinderProxyOptions options, TimeProvider time, ILogger<SnapshotReaper> log)
    : StampedReaper<Snapshot>("snapshot", child, host, options, time, log)
{
    protected override IAsyncEnumerable<Snapshot> StampedAsync(CancellationToken cancelled) =>
        Child.Snapshots.ListAsync(Scope.Own, new() { AllTenants = true, Metadata = (Stamp.Host, Host.Service) }, cancelled);

    protected override bool IsIdle(Snapshot seen) => seen.Status is SnapshotStatus.Available or SnapshotStatus.Error;

    protected override Task<string?> ReasonAsync(Snapshot seen, string id, CancellationToken cancelled) => database.ReadAsync(
        async work => (await work.Snapshots.OfChildrenAsync(Host.Service, [seen.Id])).Count > 0 ? null
            : await work.Snapshots.GetAsync(id) is { } row ? ReasonOf(row.ProviderId, row.Host)
            : Gone,
        cancelled);

    protected override Task DeleteAsync(Snapshot seen, CancellationToken cancelled) =>
        new SnapshotActuator(Child, book, seen.ProjectId ?? "", seen.VolumeId).DeleteAsync(seen, cancelled);
}
