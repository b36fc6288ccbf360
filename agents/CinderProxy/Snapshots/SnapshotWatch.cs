using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Snapshots;

/// <inheritdoc/>
internal sealed class SnapshotWatch(ChildCloud child, SnapshotBook book, SnapshotOrders orders, SnapshotTeller teller, VolumeHost host)
    : StampedWatch<Snapshot, SnapshotRow>(child, book, orders, host)
{
    public override Task<Snapshot?> FindAsync(string childId, CancellationToken cancelled) => Child.Snapshots.FindAsync(Scope.Own, childId, cancelled);

    public override IAsyncEnumerable<Snapshot> ThereAsync(DateTimeOffset? changedSince, CancellationToken cancelled) =>
        UntilOlder<SnapshotFilter>(changedSince, filter => Child.Snapshots.ListAsync(Scope.Own, filter, cancelled));

    protected override Task TellAsync(string? id, string childId, Sight<Snapshot>? sight, CancellationToken cancelled) =>
        id is null || IsKnown(id, sight) ? Task.CompletedTask : teller.TellAsync(id, childId, sight, cancelled);

    protected override bool IsAsBelieved(SnapshotRow row, Snapshot seen) =>
        row.Status == SnapshotStatus.Available && SnapshotReport.Of(row, seen, answers: false, blamed: false) is Verdict.Nothing;
}
