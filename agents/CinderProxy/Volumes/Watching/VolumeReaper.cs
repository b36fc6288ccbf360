using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Watching;

/// <inheritdoc/>
internal sealed class VolumeReaper(
    ChildCloud child, CinderDatabase database, VolumeBook book, VolumeHost host, CinderProxyOptions options, TimeProvider time, ILogger<VolumeReaper> log)
    : StampedReaper<Volume>("volume", child, host, options, time, log)
{
    protected override IAsyncEnumerable<Volume> StampedAsync(CancellationToken cancelled) =>
        Child.Volumes.ListAsync(Scope.Own, new() { AllTenants = true, Metadata = (Stamp.Host, Host.Service) }, cancelled);

    protected override bool IsIdle(Volume seen) => seen.Status != "deleting" && seen.Attachments.Count == 0;

    protected override Task<string?> ReasonAsync(Volume seen, string id, CancellationToken cancelled) => database.ReadAsync(
        async work => (await work.Volumes.OfChildrenAsync(Host.Service, [seen.Id])).Count > 0 ? null
            : await work.Volumes.GetAsync(id) is { } row ? ReasonOf(row.ProviderId, row.Host)
            : Gone,
        cancelled);

    protected override Task DeleteAsync(Volume seen, CancellationToken cancelled) => new VolumeActuator(Child, book, seen.TenantId ?? "").DeleteAsync(seen, cancelled);
}
