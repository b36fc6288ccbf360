using Cascade.CinderProxy.Child;
using Cascade.Mirror;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes;

/// <summary>
/// The verbs of a volume. It is made in the tenant's project by our user. What carries a stamp is only taken for ours when our user made it (<c>user_id</c>,
/// which no API of Cinder changes but a transfer, and that changes the project too), when it is in the volume's project, and when no other volume links to it: a
/// tenant can write any metadata, but cannot make a volume that our user created for another volume of the parent count.
/// </summary>
internal sealed class VolumeActuator(ChildCloud child, VolumeBook book, string projectId, bool cascade = false) : Actuator<VolumeCreate, Volume>
{
    public override string IdOf(Volume seen) => seen.Id;

    public override Task<Volume?> FindAsync(string childId, CancellationToken cancelled) => child.Volumes.FindAsync(Scope.Own, childId, cancelled);

    public override async Task<Volume?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        var ours = await child.UserIdAsync(cancelled);
        var found = new List<Volume>();
        var filter = new VolumeFilter { AllTenants = true, Metadata = (VolumeStamp.Parent, parentId) };
        await foreach (var seen in child.Volumes.ListAsync(Scope.Own, filter, cancelled))
        {
            var linked = book.ParentOf(seen.Id);
            // The filters are the child's to obey; what is taken is judged by what each volume says of itself.
            if (VolumeStamp.ParentOf(seen) == parentId && seen.UserId == ours && seen.TenantId == projectId && seen.Status != "deleting"
                && (linked is null || linked == parentId))
            {
                found.Add(seen);
            }
        }

        return found.OrderBy(seen => seen.CreatedAt).ThenBy(seen => seen.Id, StringComparer.Ordinal).FirstOrDefault();
    }

    public override async Task<Volume> CreateAsync(string parentId, VolumeCreate wanted, CancellationToken cancelled)
    {
        try
        {
            return await child.Volumes.CreateAsync(Scope.Project(projectId), wanted, cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(ChildWords.Text(fault), fault);
        }
    }

    /// <summary>A volume is changed by orders of its own, never by comparing.</summary>
    public override Task UpdateAsync(Volume seen, VolumeCreate wanted, CancellationToken cancelled) => Task.CompletedTask;

    public override async Task DeleteAsync(Volume seen, CancellationToken cancelled)
    {
        if (seen.Status == "deleting")
        {
            return;
        }

        try
        {
            await child.Volumes.DeleteAsync(Scope.Own, seen.Id, cascade, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }
    }
}
