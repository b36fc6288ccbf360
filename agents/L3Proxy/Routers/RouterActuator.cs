using Cascade.Mirror;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Routers;

/// <summary>The verbs of a router. It is made in our own project, where no tenant can write its description: what carries a stamp there is ours.</summary>
internal sealed class RouterActuator(ChildCloud child, string projectId) : Actuator<WantedRouter, Router>
{
    OpenStack.Network.Routers Routers => child.Cloud.Network.Routers;

    public override string IdOf(Router seen) => seen.Id;

    public override async Task<Router?> FindAsync(string childId, CancellationToken cancelled) =>
        await Routers.FindAsync(Scope.Own, childId, cancelled) is { } seen && seen.ProjectId == projectId ? seen : null;

    public override async Task<Router?> AdoptAsync(string parentId, CancellationToken cancelled) =>
        await Routers.ListAsync(Scope.Own, new() { Description = Stamp.Of(parentId), ProjectId = projectId }, cancelled)
            .Where(seen => seen.ProjectId == projectId && Stamp.ParentOf(seen.Description) == parentId)
            .OrderBy(router => router.CreatedAt)
            .ThenBy(router => router.Id, StringComparer.Ordinal)
            .FirstOrDefaultAsync(cancelled);

    public override async Task<Router> CreateAsync(string parentId, WantedRouter wanted, CancellationToken cancelled)
    {
        try
        {
            return await Routers.CreateAsync(
                Scope.Own, new() { Name = wanted.Name, Description = wanted.Description, ProjectId = projectId, AdminStateUp = wanted.AdminStateUp }, cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            throw new OutcomeUnknownException(Faults.Text(fault), fault);
        }
        catch (CloudFault fault) when (Faults.IsFinal(fault))
        {
            throw new RefusedException($"the child does not take router {parentId}: {Faults.Text(fault)}", fault);
        }
    }

    public override Task UpdateAsync(Router seen, WantedRouter wanted, CancellationToken cancelled) =>
        Routers.UpdateAsync(Scope.Own, seen.Id, new() { Name = wanted.Name, AdminStateUp = wanted.AdminStateUp, EnableNdpProxy = seen.EnableNdpProxy }, cancelled);

    /// <summary>Refused by the child while anything hangs on it.</summary>
    public override Task DeleteAsync(Router seen, CancellationToken cancelled) => Gone.IsFineAsync(() => Routers.DeleteAsync(Scope.Own, seen.Id, cancelled));
}
