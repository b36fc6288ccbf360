using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Volumes;
using Cascade.Mirror;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Backups;

/// <summary>
/// The verbs of a backup; the stamp proves as much as that of a volume (<see cref="VolumeActuator"/>). Cinder lists no backups by metadata, so those of the volume are
/// looked through, or, when the volume is gone, those of the project.
/// </summary>
internal sealed class BackupActuator(ChildCloud child, BackupBook book, string projectId, string? childVolumeId) : Actuator<BackupCreate, Backup>
{
    public override string IdOf(Backup seen) => seen.Id;

    public override Task<Backup?> FindAsync(string childId, CancellationToken cancelled) => child.Backups.FindAsync(Scope.Own, childId, cancelled);

    public override async Task<Backup?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        var ours = await child.UserIdAsync(cancelled);
        var found = new List<Backup>();
        var filter = new BackupFilter { AllTenants = true, ProjectId = projectId, VolumeId = childVolumeId };
        await foreach (var seen in child.Backups.ListAsync(Scope.Own, filter, cancelled))
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

    public override async Task<Backup> CreateAsync(string parentId, BackupCreate wanted, CancellationToken cancelled)
    {
        try
        {
            var made = await child.Backups.CreateAsync(Scope.Project(projectId), wanted, cancelled);
            return new() { Id = made.Id, Status = "creating" };
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(ChildWords.Text(fault), fault);
        }
    }

    /// <summary>A backup never changes.</summary>
    public override Task UpdateAsync(Backup seen, BackupCreate wanted, CancellationToken cancelled) => Task.CompletedTask;

    /// <summary>One that is in the middle of something, or whose delete went wrong, goes only by force (cinder/backup/api.py: delete).</summary>
    public override async Task DeleteAsync(Backup seen, CancellationToken cancelled)
    {
        if (seen.Status == "deleting")
        {
            return;
        }

        try
        {
            await (seen.Status is "available" or "error"
                ? child.Backups.DeleteAsync(Scope.Own, seen.Id, cancelled)
                : child.Backups.ForceDeleteAsync(Scope.Own, seen.Id, cancelled));
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }
    }
}
