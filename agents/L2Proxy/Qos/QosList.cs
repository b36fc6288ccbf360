using Cascade.Agent.Verbs;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Ports;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Qos;
using Cascade.NeutronAgent.Server;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Qos;

/// <summary>QoS policies of both clouds side by side, for <c>mirror list</c>. Reads only.</summary>
internal sealed class QosList(ParentView parent, INeutronServer server, QosMirroring child, MirrorRules rules) : IMirrorSource
{
    public string Noun => "QoS policies";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var seen = (await child.OursAsync(cancelled)).ToLookup(policy => Stamp.ParentOf(policy.Description)!, StringComparer.Ordinal);
        var here = (await parent.OnHostAsync(cancelled)).Where(port => PortPlaces.Of(port, rules.Host) is PortPlace.Here).ToList();
        var networks = await parent.NetworksAsync([.. here.Select(port => port.NetworkId!).Distinct(StringComparer.Ordinal)], cancelled);
        var ids = here.Select(port => port.QosPolicyId).Concat(networks.Select(network => network.QosPolicyId)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var used = await server.PullAsync(NeutronObjects.QosPolicy, "id", ids, NeutronQosPolicy.Read, cancelled);
        return
        [
            .. used.Select(policy => Row(policy, seen[policy.Id].FirstOrDefault())),
            .. seen.Where(of => !ids.Contains(of.Key)).SelectMany(of => of).Select(policy => new MirrorRow(
                Stamp.ParentOf(policy.Description)!, policy.Name, "-", policy.Id, "-", "orphan: no port or network of this host has it")),
        ];
    }

    static MirrorRow Row(NeutronQosPolicy policy, QosPolicy? seen) => new(policy.Id, policy.Name, "-", seen?.Id ?? "-", "-", Note(policy, seen));

    static string Note(NeutronQosPolicy policy, QosPolicy? seen)
    {
        if (seen is null)
        {
            return "missing in the child";
        }

        // What the child cannot do is refused before it has the policy.
        var difference = QosMap.Difference(seen.Rules ?? [], QosMap.Wanted(policy, [.. policy.Rules.Select(rule => rule.Type)]));
        return difference.IsNone ? "linked" : $"drift: {difference.Missing.Count} rules missing, {difference.Changed.Count} other, {difference.Surplus.Count} too many";
    }
}
