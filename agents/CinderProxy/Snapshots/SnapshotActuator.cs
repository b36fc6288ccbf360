using Cascade.CinderProxy.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>The verbs of a snapshot.</summary>
/// <param name="childVolumeId">Of the volume that it is of; null when it does not matter.</param>
internal sealed class SnapshotActuator(ChildCloud child, SnapshotBook book, string projectId, string? childVolumeId)
    : StampedActuator<SnapshotCreate, Snapshot>(child, book, projectId)
{
    public override Task<Snapshot?> FindAsync(string childId, CancellationToken cancelled) => Child.Snapshots.FindAsync(Scope.Own, childId, cancelled);

    protected override IAsyncEnumerable<Snapshot> CandidatesAsync(string parentId, CancellationToken cancelled) =>
        Child.Snapshots.ListAsync(Scope.Own, new() { AllTenants = true, VolumeId = childVolumeId, Metadata = (Stamp.Parent, parentId) }, cancelled)
            .Where(seen => childVolumeId is null || seen.VolumeId == childVolumeId);

    protected override Task<Snapshot> MakeAsync(Scope tenant, SnapshotCreate wanted, CancellationToken cancelled) => Child.Snapshots.CreateAsync(tenant, wanted, cancelled);

    protected override Task RemoveAsync(Snapshot seen, CancellationToken cancelled) => Child.Snapshots.DeleteAsync(Scope.Own, seen.Id, cancelled);
}
