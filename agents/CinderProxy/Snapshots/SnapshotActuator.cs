using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Volumes;
using Cascade.Mirror;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>The verbs of a snapshot; the stamp proves as much as that of a volume (<see cref="VolumeActuator"/>), and the snapshot is of the linked volume.</summary>
internal sealed class SnapshotActuator(ChildCloud child, SnapshotBook book, string projectId, string? childVolumeId) : Actuator<SnapshotCreate, Snapshot>
{
    public override string IdOf(Snapshot seen) => seen.Id;

    public override Task<Snapshot?> FindAsync(string childId, CancellationToken cancelled) => child.Snapshots.FindAsync(Scope.Own, childId, cancelled);

    public override async Task<Snapshot?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        var ours = await child.UserIdAsync(cancelled);
        var found = new List<Snapshot>();
        var filter = new SnapshotFilter { AllTenants = true, VolumeId = childVolumeId, Metadata = (VolumeStamp.Parent, parentId) };
        await foreach (var seen in child.Snapshots.ListAsync(Scope.Own, filter, cancelled))
        {
            var linked = book.ParentOf(seen.Id);
            if (VolumeStamp.ParentOf(seen.Metadata) == parentId && seen.UserId == ours && seen.ProjectId == projectId && seen.Status != "deleting"
                && (childVolumeId is null || seen.VolumeId == childVolumeId) && (linked is null || linked == parentId))
            {
                found.Add(seen);
            }
        }

        return found.OrderBy(seen => seen.CreatedAt).ThenBy(seen => seen.Id, StringComparer.Ordinal).FirstOrDefault();
    }

    public override async Task<Snapshot> CreateAsync(string parentId, SnapshotCreate wanted, CancellationToken cancelled)
    {
        try
        {
            return await child.Snapshots.CreateAsync(Scope.Project(projectId), wanted, cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(ChildWords.Text(fault), fault);
        }
    }

    /// <summary>A snapshot never changes.</summary>
    public override Task UpdateAsync(Snapshot seen, SnapshotCreate wanted, CancellationToken cancelled) => Task.CompletedTask;

    public override async Task DeleteAsync(Snapshot seen, CancellationToken cancelled)
    {
        if (seen.Status == "deleting")
        {
            return;
        }

        try
        {
            await child.Snapshots.DeleteAsync(Scope.Own, seen.Id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }
    }
}
