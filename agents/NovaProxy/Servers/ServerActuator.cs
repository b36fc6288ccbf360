using Cascade.Mirror;
using Cascade.NovaProxy.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;

namespace Cascade.NovaProxy.Servers;

/// <summary>
/// The verbs of a server. It is made in the tenant's project by our user. What carries a stamp is only taken for ours when our user made it
/// (<c>user_id</c>: nova has no API that changes it), when it is in the instance's project, and when no other instance links to it: a tenant can
/// put any tag on his servers, but cannot make one that our user created for another instance count.
/// </summary>
internal sealed class ServerActuator(ChildCloud child, LinkBook book, string projectId) : Actuator<ServerCreate, Server>
{
    public override string IdOf(Server seen) => seen.Id;

    public override async Task<Server?> FindAsync(string childId, CancellationToken cancelled) =>
        await child.Servers.FindAsync(Scope.Own, childId, cancelled) is { Status: not "DELETED" } seen ? seen : null;

    public override async Task<Server?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        var ours = await child.UserIdAsync(cancelled);
        var found = new List<Server>();
        var filter = new ServerFilter { AllTenants = true, Tags = [ServerStamp.Of(parentId)] };
        await foreach (var seen in child.Servers.ListAsync(Scope.Own, filter, cancelled))
        {
            var linked = book.ParentOf(seen.Id);
            if (seen.UserId == ours && seen.TenantId == projectId && !IsGoing(seen) && (linked is null || linked == parentId))
            {
                found.Add(seen);
            }
        }

        return found.OrderBy(seen => seen.Created).ThenBy(seen => seen.Id, StringComparer.Ordinal).FirstOrDefault();
    }

    public override async Task<Server> CreateAsync(string parentId, ServerCreate wanted, CancellationToken cancelled)
    {
        try
        {
            var made = await child.Servers.CreateAsync(Scope.Project(projectId), wanted, cancelled);
            return new() { Id = made.Id, Status = "BUILD" };
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(ChildFaults.Text(fault), fault);
        }
    }

    /// <summary>A server is changed by orders of its own, never by comparing.</summary>
    public override Task UpdateAsync(Server seen, ServerCreate wanted, CancellationToken cancelled) => Task.CompletedTask;

    public override async Task DeleteAsync(Server seen, CancellationToken cancelled)
    {
        try
        {
            // A child with reclaim_instance_interval would only put it aside.
            await (IsSoftDeleted(seen)
                ? child.Servers.ForceDeleteAsync(Scope.Own, seen.Id, cancelled)
                : child.Servers.DeleteAsync(Scope.Own, seen.Id, cancelled));
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }
    }

    public static bool IsSoftDeleted(Server seen) => seen.Status is "SOFT_DELETED";

    static bool IsGoing(Server seen) => seen.Status is "DELETED" || seen.TaskState is "deleting";
}
