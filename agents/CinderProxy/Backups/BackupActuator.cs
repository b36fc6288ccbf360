using Cascade.CinderProxy.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Backups;

/// <summary>The verbs of a backup. Cinder lists no backups by metadata, so those of the volume are looked through, or, when the volume is gone, those of the project.</summary>
/// <param name="childVolumeId">Of the volume that it is of; null when nobody knows it any more.</param>
internal sealed class BackupActuator(ChildCloud child, BackupBook book, string projectId, string? childVolumeId)
    : StampedActuator<BackupCreate, Backup>(child, book, projectId)
{
    public override Task<Backup?> FindAsync(string childId, CancellationToken cancelled) => Child.Backups.FindAsync(Scope.Own, childId, cancelled);

    protected override IAsyncEnumerable<Backup> CandidatesAsync(string parentId, CancellationToken cancelled) =>
        Child.Backups.ListAsync(Scope.Own, new() { AllTenants = true, ProjectId = ProjectId, VolumeId = childVolumeId }, cancelled)
            .Where(seen => childVolumeId is null || seen.VolumeId == childVolumeId);

    protected override async Task<Backup> MakeAsync(Scope tenant, BackupCreate wanted, CancellationToken cancelled) =>
        new() { Id = (await Child.Backups.CreateAsync(tenant, wanted, cancelled)).Id, Status = "creating" };

    /// <summary>One that is in the middle of something, or whose delete went wrong, goes only by force (cinder/backup/api.py: delete).</summary>
    protected override Task RemoveAsync(Backup seen, CancellationToken cancelled) => seen.Status is "available" or "error"
        ? Child.Backups.DeleteAsync(Scope.Own, seen.Id, cancelled)
        : Child.Backups.ForceDeleteAsync(Scope.Own, seen.Id, cancelled);
}
