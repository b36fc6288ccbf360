using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Networks;

/// <summary>Which networks and security groups a tenant means (nova/network/neutron.py: _validate_requested_network_ids, _process_security_groups).</summary>
internal sealed class TenantNetworks(ParentClouds parent)
{
    NetworkClient Neutron => parent.Neutron.Network;

    /// <summary>The requests, each with its network, in their order. A port's network is looked up in our own name: its tenant need not see it.</summary>
    /// <param name="requests">With the network of each port filled in.</param>
    public async Task<IReadOnlyList<(NicRequest Request, NetworkInfo Network)>> OfAsync(
        IReadOnlyList<NicRequest> requests, RpcContext context, CancellationToken cancelled)
    {
        var found = new Dictionary<string, NetworkInfo>(StringComparer.Ordinal);
        await AddAsync(found, ParentPorts.Tenant(context), requests.Where(one => one.PortId is null), cancelled);
        await AddAsync(found, Scope.Own, requests.Where(one => one.PortId is not null && !found.ContainsKey(one.NetworkId!)), cancelled);
        var chosen = requests
            .Select(one => (one, found.GetValueOrDefault(one.NetworkId!) ?? throw NetworkFaults.NetworkNotFound(one.NetworkId!)))
            .ToList();
        Check(found.Values, context);
        return chosen;
    }

    /// <summary>The network of somebody who did not say which: the only one that there is.</summary>
    /// <returns>Null when there is none and nothing was asked for.</returns>
    public async Task<NetworkInfo?> OnlyAsync(VersionedObject instance, RequestedNics requested, RpcContext context, CancellationToken cancelled)
    {
        var project = instance.Text("project_id")!;
        var tenant = ParentPorts.Tenant(context);
        try
        {
            var all = new List<NetworkInfo>();
            await foreach (var network in Neutron.Networks.ListAsync(tenant, new() { ProjectId = project, Shared = false }, cancelled))
            {
                if (!requested.Auto || network.AdminStateUp == true)
                {
                    all.Add(network);
                }
            }

            await foreach (var network in Neutron.Networks.ListAsync(tenant, new() { Shared = true }, cancelled))
            {
                all.Add(network);
            }

            if (all.Count > 1)
            {
                throw NetworkFaults.NetworkAmbiguous();
            }

            if (all.Count == 0 && requested.Auto)
            {
                all.Add(await MakeAsync(tenant, project, cancelled));
            }

            Check(all, context);
            return all is [var only] ? only : requested.All.Count == 0 ? null : throw NetworkFaults.NoNetwork(project);
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of("listing the networks of the project", fault);
        }
    }

    /// <summary>Ids of the groups that were named; none for the default group alone, which Neutron gives by itself.</summary>
    public async Task<IReadOnlyList<string>> GroupsAsync(VersionedObject instance, IReadOnlyList<string> named, RpcContext context, CancellationToken cancelled)
    {
        if (named is [] or ["default"])
        {
            return [];
        }

        try
        {
            var known = await GroupsAsync(context, new() { ProjectId = instance.Text("project_id"), Fields = ["id", "name"] }, cancelled);
            if (named.Any(name => !Any(known, name)))
            {
                known.AddRange(await GroupsAsync(context, new() { Shared = true, Fields = ["id", "name"] }, cancelled));
            }

            return [.. named.Select(name => Group(known.DistinctBy(group => group.Id).ToList(), name))];
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of("listing the security groups of the project", fault);
        }
    }

    async Task AddAsync(Dictionary<string, NetworkInfo> found, Scope scope, IEnumerable<NicRequest> requests, CancellationToken cancelled)
    {
        var ids = requests.Select(one => one.NetworkId!).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
        {
            return;
        }

        try
        {
            await foreach (var network in Neutron.Networks.ListAsync(scope, new() { Ids = ids }, cancelled))
            {
                found[network.Id] = network;
            }
        }
        catch (CloudFault fault)
        {
            throw NeutronWords.Of("listing the networks", fault);
        }
    }

    async Task<NetworkInfo> MakeAsync(Scope tenant, string project, CancellationToken cancelled)
    {
        try
        {
            var topology = await Neutron.AutoAllocatedTopologies.GetAsync(tenant, project, cancelled);
            return await Neutron.Networks.GetAsync(tenant, topology.Id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict or FaultKind.NotFound)
        {
            throw NetworkFaults.UnableToAutoAllocateNetwork(project);
        }
    }

    async Task<List<SecurityGroup>> GroupsAsync(RpcContext context, SecurityGroupFilter filter, CancellationToken cancelled)
    {
        var found = new List<SecurityGroup>();
        await foreach (var group in Neutron.SecurityGroups.ListAsync(ParentPorts.Tenant(context), filter, cancelled))
        {
            found.Add(group);
        }

        return found;
    }

    /// <summary>By id before by name, as from 2025.1 on: an id is unique, a name is not.</summary>
    static string Group(List<SecurityGroup> known, string named)
    {
        if (known.Exists(group => group.Id == named))
        {
            return named;
        }

        return known.FindAll(group => group.Name == named) switch
        {
            [var one] => one.Id,
            [] => throw NetworkFaults.SecurityGroupNotFound(named),
            _ => throw NetworkFaults.NoUniqueMatch(named),
        };
    }

    static bool Any(List<SecurityGroup> known, string named) => known.Exists(group => group.Id == named || group.Name == named);

    /// <summary>Policy os_compute_api:servers:create:network:attach_external, rule:context_is_admin by default (nova/policies/servers.py).</summary>
    static void Check(IEnumerable<NetworkInfo> networks, RpcContext context)
    {
        if (!context.IsAdmin && networks.FirstOrDefault(network => network.External == true && network.Shared != true) is { } external)
        {
            throw NetworkFaults.ExternalNetworkAttachForbidden(external.Id);
        }
    }
}
