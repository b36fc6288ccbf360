using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Subnets;

/// <summary>The verbs of a subnet on a network of ours; told by its stamp, as the network.</summary>
internal sealed class SubnetActuator(ChildCloud child, string networkId, string projectId) : NeutronActuator<WantedSubnet, Subnet>("subnet")
{
    OpenStack.Network.Subnets Subnets => child.Cloud.Network.Subnets;

    public override string IdOf(Subnet seen) => seen.Id;

    public override async Task<Subnet?> FindAsync(string childId, CancellationToken cancelled) =>
        await Subnets.FindAsync(Scope.Own, childId, cancelled) is { } seen && seen.NetworkId == networkId ? seen : null;

    public override async Task<Subnet?> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        await foreach (var seen in Subnets.ListAsync(Scope.Own, new() { NetworkIds = [networkId], Description = Stamp.Of(parentId) }, cancelled))
        {
            if (seen.NetworkId == networkId && Stamp.ParentOf(seen.Description) == parentId)
            {
                return seen;
            }
        }

        return null;
    }

    protected override async Task<Subnet> MakeAsync(string parentId, WantedSubnet wanted, CancellationToken cancelled)
    {
        var made = await Subnets.CreateAsync(Scope.Own, SubnetBody.Create(wanted, networkId, projectId), cancelled);
        // An empty list of pools is no list in a create, and the whole range would be the child's to give out
        // (neutron/ipam/drivers/neutrondb_ipam/driver.py: create_from_subnet_request); an update takes it as it is.
        return wanted.Pool.Count == 0 && SubnetBody.Difference(made, wanted) is { } rest
            ? await Subnets.UpdateAsync(Scope.Own, made.Id, rest.Update, cancelled)
            : made;
    }

    public override async Task UpdateAsync(Subnet seen, WantedSubnet wanted, CancellationToken cancelled)
    {
        if (SubnetBody.Difference(seen, wanted) is { } change)
        {
            await Subnets.UpdateAsync(Scope.Own, seen.Id, change.Update, cancelled);
        }
    }

    /// <exception cref="LaterException">Ports still have addresses of it.</exception>
    public override async Task DeleteAsync(Subnet seen, CancellationToken cancelled)
    {
        try
        {
            await Gone.IsFineAsync(() => Subnets.DeleteAsync(Scope.Own, seen.Id, cancelled));
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            throw new LaterException(TimeSpan.FromSeconds(10), $"subnet {seen.Id} is to go and is still in use: {Faults.Text(fault)}");
        }
    }
}
