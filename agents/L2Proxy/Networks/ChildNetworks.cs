using Cascade.L2Proxy.Mirroring;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Networks;

/// <summary>The child's networks as lists, and who may use them.</summary>
internal sealed class ChildNetworks(ChildCloud child)
{
    const int Page = 1000;

    /// <summary>Ids in one question: a longer URL is refused by web servers in front of Neutron.</summary>
    const int Chunk = 100;

    NetworkClient Neutron => child.Cloud.Network;

    public DateTimeOffset? Now => Neutron.Service.Clock.Now;

    public async Task<ChildTraits> TraitsAsync(CancellationToken cancelled) => new(await Neutron.Extensions.AliasesAsync(Scope.Own, cancelled));

    /// <summary>Our account's own project: what is in it is ours.</summary>
    public Task<string> ProjectAsync(CancellationToken cancelled) => child.ProjectIdAsync(cancelled);

    /// <summary>All networks of ours that carry a stamp.</summary>
    public async Task<IReadOnlyList<NetworkInfo>> OursAsync(CancellationToken cancelled)
    {
        var project = await ProjectAsync(cancelled);
        return await ListAsync(Neutron.Networks.ListAsync(Scope.Own, new() { ProjectId = project, Limit = Page }, cancelled), seen => seen.ProjectId == project && Stamp.ParentOf(seen.Description) is not null);
    }

    public async Task<IReadOnlyList<Subnet>> OurSubnetsAsync(CancellationToken cancelled)
    {
        var project = await ProjectAsync(cancelled);
        return await ListAsync(Neutron.Subnets.ListAsync(Scope.Own, new() { ProjectId = project, Limit = Page }, cancelled), seen => seen.ProjectId == project);
    }

    public Task<IReadOnlyList<Subnet>> SubnetsAsync(string networkId, CancellationToken cancelled) =>
        ListAsync(Neutron.Subnets.ListAsync(Scope.Own, new() { NetworkIds = [networkId] }, cancelled), seen => seen.NetworkId == networkId);

    /// <summary>Every port on these networks, the child's own too.</summary>
    public async Task<IReadOnlyList<Port>> PortsAsync(IReadOnlyCollection<string> networkIds, CancellationToken cancelled)
    {
        var found = new List<Port>();
        foreach (var some in networkIds.Chunk(Chunk))
        {
            found.AddRange(await ListAsync(Neutron.Ports.ListAsync(Scope.Own, new() { NetworkIds = some, Limit = Page }, cancelled), static _ => true));
        }

        return found;
    }

    /// <summary>With whom a network is shared.</summary>
    public async Task<IReadOnlyList<RbacPolicy>> SharesAsync(string? networkId, CancellationToken cancelled)
    {
        var filter = new RbacPolicyFilter { ObjectType = "network", ObjectIds = networkId is null ? null : [networkId], Action = "access_as_shared", Limit = networkId is null ? Page : null };
        return await ListAsync(
            Neutron.RbacPolicies.ListAsync(Scope.Own, filter, cancelled),
            policy => policy is { ObjectType: "network", Action: "access_as_shared" } && (networkId is null || policy.ObjectId == networkId));
    }

    /// <summary>Shares it with one project more; that it is shared already is success.</summary>
    public async Task ShareAsync(string networkId, string project, CancellationToken cancelled)
    {
        try
        {
            await Neutron.RbacPolicies.CreateAsync(Scope.Own, new("network", networkId, project), cancelled);
        }
        catch (CloudFault fault) when (fault.Code is NetworkError.DuplicateRbacPolicy)
        {
            // An earlier life, or a lost answer.
        }
        catch (CloudFault fault) when (Faults.IsFinal(fault))
        {
            throw new RefusedException($"the child does not share network {networkId} with project {project}: {Faults.Text(fault)}", fault);
        }
    }

    /// <summary>Takes it back; a project that still has ports there keeps it.</summary>
    public async Task UnshareAsync(RbacPolicy policy, CancellationToken cancelled)
    {
        try
        {
            await Neutron.RbacPolicies.DeleteAsync(Scope.Own, policy.Id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound or FaultKind.Conflict)
        {
            // Gone, or in use by a port of the tenant's own.
        }
    }

    static async Task<IReadOnlyList<T>> ListAsync<T>(IAsyncEnumerable<T> all, Func<T, bool> fits) => await all.Where(fits).ToListAsync();
}
