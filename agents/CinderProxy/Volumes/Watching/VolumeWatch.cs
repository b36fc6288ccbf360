using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes.Watching;

/// <inheritdoc/>
internal sealed class VolumeWatch(ChildCloud child, VolumeBook book, VolumeTeller teller, Sights sights, Orders orders, VolumeHost host)
    : StampedWatch<Volume, VolumeRow>(child, book, orders, host)
{
    public override string FingerprintOf(Volume seen) => $"{seen.Status}|{seen.Size}|{seen.VolumeType}|{seen.MigrationStatus}|{seen.Attachments.Count}";

    public override Task<Volume?> FindAsync(string childId, CancellationToken cancelled) => Child.Volumes.FindAsync(Scope.Own, childId, cancelled);

    public override IAsyncEnumerable<Volume> ThereAsync(DateTimeOffset? changedSince, CancellationToken cancelled) =>
        Child.Volumes.ListAsync(Scope.Own, new() { AllTenants = true, UpdatedSince = changedSince }, cancelled);

    protected override Task TellAsync(string? id, string childId, Sight<Volume>? sight, CancellationToken cancelled) =>
        sights.Show(childId, sight?.Seen, sight?.Asked ?? long.MaxValue) || id is null || IsKnown(id, sight)
            ? Task.CompletedTask
            : sights.TellAsync(childId, stop => teller.TellAsync(id, childId, sight, stop), cancelled);

    protected override bool IsAsBelieved(VolumeRow row, Volume seen) =>
        row.Status is VolumeStatus.Available or VolumeStatus.InUse && VolumeReport.Of(row, seen, answers: false, blamed: false) is Verdict.Nothing;
}
