using Cascade.Agent.Verbs;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.Subnets;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;

namespace Cascade.L2Proxy.Comparing;

/// <summary>Networks of both clouds side by side, their subnets with them, for <c>mirror list</c>. Reads only.</summary>
internal sealed class NetworkList(ParentView parent, ChildNetworks child, ChildReader reader, Reservations reservations, MirrorRules rules) : IMirrorSource
{
    public string Noun => "networks";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var side = await reader.ReadAsync(cancelled);
        var onHost = await parent.OnHostAsync(cancelled);
        var projects = onHost.Where(port => PortPlaces.Of(port, rules.Host) is PortPlace.Here).ToLookup(port => port.NetworkId!, port => port.ProjectId ?? "", StringComparer.Ordinal);
        var routed = await parent.InsideAsync(onHost, cancelled);
        var used = projects.Select(network => network.Key).Concat(routed.Select(port => port.NetworkId!)).ToHashSet(StringComparer.Ordinal);
        var subnets = (await parent.SubnetsAsync(used, cancelled)).Where(SubnetMap.IsReal).ToLookup(subnet => subnet.NetworkId!, StringComparer.Ordinal);
        var traits = await child.TraitsAsync(cancelled);
        var ours = await child.ProjectAsync(cancelled);
        var reserved = reservations.Of(onHost);
        var rows = new List<MirrorRow>();
        foreach (var network in await parent.NetworksAsync(used, cancelled))
        {
            rows.Add(Row(side.Facts(network, [.. subnets[network.Id]], reserved, ours), [.. projects[network.Id].Distinct(StringComparer.Ordinal)], traits));
        }

        var stands = rows.Select(row => row.ChildId).ToHashSet(StringComparer.Ordinal);
        rows.AddRange(side.Networks.Where(network => !stands.Contains(network.Id)).Select(network => new MirrorRow(
            Stamp.ParentOf(network.Description)!, network.Name, "-", network.Id, network.Status ?? "-", "orphan: no port of this host needs it")));
        return rows;
    }

    MirrorRow Row(NetworkFacts facts, IReadOnlyCollection<string> projects, ChildTraits traits) => new(
        facts.Parent.Id, facts.Parent.Name, facts.Parent.Status ?? "-", facts.Child?.Id ?? "-", facts.Child?.Status ?? "-", Note(facts, projects, traits));

    string Note(NetworkFacts facts, IReadOnlyCollection<string> projects, ChildTraits traits)
    {
        WantedNetwork wanted;
        try
        {
            // Policies are a list of their own; the child's own largest packet is no drift.
            wanted = NetworkMap.Wanted(facts.Parent, rules, traits, facts.Child?.QosPolicyId);
        }
        catch (RefusedException refused)
        {
            return $"refused: {refused.Message}";
        }

        if (facts.Child is not { } seen)
        {
            return "missing in the child";
        }

        var smaller = seen.Mtu < wanted.Mtu ? $"mtu {seen.Mtu} instead of {wanted.Mtu}" : null;
        var notes = new[] { NetworkBody.OtherSegment(seen, wanted), smaller }.OfType<string>().ToList();
        var drift = facts.Differences(wanted, smaller is null ? null : seen.Mtu, projects).ToList();
        return (drift.Count == 0 ? "linked" : $"drift: {string.Join(", ", drift)}") + (notes.Count == 0 ? "" : $" ({string.Join(", ", notes)})");
    }
}
