using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Trunks;

/// <summary>The verbs of a trunk. What tells it is the port that carries it, which carries no other; it is made in our own project, where no tenant can end it.</summary>
internal sealed class TrunkActuator(ChildCloud child, string projectId, string childPortId) : NeutronActuator<WantedTrunk, Trunk>("trunk")
{
    OpenStack.Network.Trunks Trunks => child.Cloud.Network.Trunks;

    public override string IdOf(Trunk seen) => seen.Id;

    public override async Task<Trunk?> FindAsync(string childId, CancellationToken cancelled) =>
        await Trunks.FindAsync(Scope.Own, childId, cancelled) is { } seen && IsIt(seen) ? seen : null;

    public override async Task<Trunk?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        await foreach (var seen in Trunks.ListAsync(Scope.Own, new() { PortIds = [childPortId] }, cancelled))
        {
            if (IsIt(seen))
            {
                return seen;
            }
        }

        return null;
    }

    protected override Task<Trunk> MakeAsync(string parentId, WantedTrunk wanted, CancellationToken cancelled) =>
        Trunks.CreateAsync(
            Scope.Own,
            new()
            {
                PortId = wanted.PortId,
                ProjectId = projectId,
                Name = wanted.Name,
                Description = wanted.Description,
                AdminStateUp = wanted.AdminStateUp,
                SubPorts = wanted.SubPorts,
            },
            cancelled);

    protected override bool IsRefusal(CloudFault fault) => Faults.IsFinal(fault) || fault.Code is NetworkError.ParentPortInUse or NetworkError.TrunkPortInUse;

    /// <summary>What is to go goes first: its segment may be wanted again.</summary>
    public override async Task UpdateAsync(Trunk seen, WantedTrunk wanted, CancellationToken cancelled)
    {
        if (seen.Name != wanted.Name || seen.AdminStateUp != wanted.AdminStateUp)
        {
            await Trunks.UpdateAsync(Scope.Own, seen.Id, new() { Name = wanted.Name, AdminStateUp = wanted.AdminStateUp }, cancelled);
        }

        var difference = TrunkMap.Difference(seen.SubPorts, wanted);
        if (difference.Surplus.Count > 0)
        {
            await Trunks.RemoveSubPortsAsync(Scope.Own, seen.Id, difference.Surplus, cancelled);
        }

        if (difference.Missing.Count > 0)
        {
            await Trunks.AddSubPortsAsync(Scope.Own, seen.Id, difference.Missing, cancelled);
        }
    }

    /// <exception cref="CloudFault"><see cref="NetworkError.TrunkInUse"/>: its port is bound.</exception>
    public override Task DeleteAsync(Trunk seen, CancellationToken cancelled) => Gone.IsFineAsync(() => Trunks.DeleteAsync(Scope.Own, seen.Id, cancelled));

    bool IsIt(Trunk seen) => seen.PortId == childPortId && seen.ProjectId == projectId;
}
