using Cascade.Agent.Verbs;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.Subnets;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;

namespace Cascade.L2Proxy.Comparing;

/// <summary>Ports of both clouds side by side, for <c>mirror list</c>. Reads only.</summary>
internal sealed class PortList(ParentView parent, ChildNetworks child, ChildReader reader, MirrorRules rules) : IMirrorSource
{
    public string Noun => "ports";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var side = await reader.ReadAsync(cancelled);
        var here = (await parent.OnHostAsync(cancelled)).Where(port => PortPlaces.Of(port, rules.Host) is PortPlace.Here).ToList();
        var ids = here.Select(port => port.NetworkId!).ToHashSet(StringComparer.Ordinal);
        var subnets = (await parent.SubnetsAsync(ids, cancelled)).Where(SubnetMap.IsReal).ToDictionary(subnet => subnet.Id, StringComparer.Ordinal);
        var traits = (await child.TraitsAsync(cancelled));
        var rows = here.Select(port => Row(port, side, subnets, traits)).ToList();
        var stands = rows.Select(row => row.ChildId).ToHashSet(StringComparer.Ordinal);
        var left = side.Ports.Where(port => !PortActuator.IsService(port) && !stands.Contains(port.Id) && Stamp.ParentOf(port.Description) is not null).ToList();
        var known = (await parent.PortsAsync([.. left.Select(port => Stamp.ParentOf(port.Description)!).Distinct(StringComparer.Ordinal)], cancelled)).ToDictionary(port => port.Id, StringComparer.Ordinal);
        rows.AddRange(left.Select(port => (Port: port, ParentId: Stamp.ParentOf(port.Description)!)).Select(one => new MirrorRow(
            one.ParentId,
            one.Port.Name,
            "-",
            one.Port.Id,
            one.Port.Status ?? "-",
            Left(known.GetValueOrDefault(one.ParentId)) + (PortActuator.IsHeld(one.Port) ? ", a server holds it" : ""))));
        return rows;
    }

    string Left(NeutronPort? port) => PortPlaces.Of(port, rules.Host) switch
    {
        PortPlace.Gone => "orphan: the parent's port is gone",
        PortPlace.Routing => "a router's: left to the agent of routers",
        _ => "leaving: the parent's port is bound elsewhere",
    };

    MirrorRow Row(NeutronPort port, ChildSide side, Dictionary<string, NeutronSubnet> subnets, ChildTraits traits)
    {
        var network = side.Network(port.NetworkId!);
        var seen = network is null || port.MacAddress is null ? null : side.Port(network.Id, port.MacAddress);
        return new(port.Id, port.Name, port.Status ?? "-", seen?.Id ?? "-", seen?.Status ?? "-", Note(port, side, network?.Id, seen, subnets, traits));
    }

    string Note(NeutronPort port, ChildSide side, string? networkId, OpenStack.Network.Port? seen, Dictionary<string, NeutronSubnet> subnets, ChildTraits traits)
    {
        try
        {
            PortMap.Refuse(port, traits, rules.VnicTypes);
            return networkId is null ? "missing in the child, its network too" : Beside(port, side, networkId, seen, subnets, traits);
        }
        catch (RefusedException refused)
        {
            return $"refused: {refused.Message}";
        }
    }

    string Beside(NeutronPort port, ChildSide side, string networkId, OpenStack.Network.Port? seen, Dictionary<string, NeutronSubnet> subnets, ChildTraits traits)
    {
        // Groups and policies are lists of their own.
        var without = new ChildTraits(traits.Aliases.Except(["security-group", "qos"]).ToHashSet(StringComparer.Ordinal));
        var mirrored = side.Subnets(networkId)
            .Where(subnet => Stamp.ParentOf(subnet.Description) is { } parentId && subnets.ContainsKey(parentId))
            .Select(subnet => (Seen: subnet, Of: subnets[Stamp.ParentOf(subnet.Description)!]))
            .ToDictionary(
                pair => pair.Of.Id,
                pair => new ChildSubnet(pair.Seen.Id, SubnetMap.IsAutomatic(pair.Of), pair.Of.EnableDhcp is not false && pair.Seen.EnableDhcp is false),
                StringComparer.Ordinal);
        try
        {
            var wanted = PortMap.Wanted(port, networkId, mirrored, new Dictionary<string, string>(), null, without, rules.VnicTypes);
            return seen is null ? "missing in the child" : PortBody.Difference(seen, wanted) is { } change ? $"drift: {change}" : "linked";
        }
        catch (LaterException later)
        {
            return $"{(seen is null ? "missing in the child" : "drift")}: {later.Message}";
        }
    }
}
