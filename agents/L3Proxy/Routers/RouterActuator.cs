using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Routers;

/// <summary>The verbs of a router.</summary>
internal sealed class RouterActuator(ChildCloud child, string projectId) : StampedActuator<WantedRouter, Router>("router", projectId)
{
    OpenStack.Network.Routers Routers => child.Cloud.Network.Routers;

    protected override Task<Router?> ReadAsync(string childId, CancellationToken cancelled) => Routers.FindAsync(Scope.Own, childId, cancelled);

    protected override IAsyncEnumerable<Router> ListAsync(string parentId, CancellationToken cancelled) =>
        Routers.ListAsync(Scope.Own, new() { Description = Stamp.Of(parentId), ProjectId = ProjectId }, cancelled);

    protected override Task<Router> MakeAsync(string parentId, WantedRouter wanted, CancellationToken cancelled) =>
        Routers.CreateAsync(
            Scope.Own, new() { Name = wanted.Name, Description = wanted.Description, ProjectId = ProjectId, AdminStateUp = wanted.AdminStateUp }, cancelled);

    public override Task UpdateAsync(Router seen, WantedRouter wanted, CancellationToken cancelled) =>
        Routers.UpdateAsync(Scope.Own, seen.Id, new() { Name = wanted.Name, AdminStateUp = wanted.AdminStateUp, EnableNdpProxy = seen.EnableNdpProxy }, cancelled);

    /// <summary>Refused by the child while anything hangs on it.</summary>
    public override Task DeleteAsync(Router seen, CancellationToken cancelled) => Gone.IsFineAsync(() => Routers.DeleteAsync(Scope.Own, seen.Id, cancelled));
}
