using Cascade.Agent.Verbs;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Ports;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Server;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Trunks;

/// <summary>Trunks of both clouds side by side, for <c>mirror list</c>. Reads only.</summary>
internal sealed class TrunkList(ParentView parent, INeutronServer server, ChildCloud child, MirrorRules rules) : IMirrorSource
{
    public string Noun => "trunks";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var seen = await OursAsync(cancelled);
        var carriers = (await parent.OnHostAsync(cancelled)).Where(port => PortPlaces.Of(port, rules.Host) is PortPlace.Here && TrunkMap.IsCarrier(port)).Select(port => port.Id);
        var used = await server.PullAsync(NeutronObjects.Trunk, "port_id", carriers, NeutronTrunk.Read, cancelled);
        var rows = used.Select(trunk => Row(trunk, seen.FirstOrDefault(one => Stamp.ParentOf(one.Description) == trunk.Id))).ToList();
        var stands = rows.Select(row => row.ChildId).ToHashSet(StringComparer.Ordinal);
        rows.AddRange(seen.Where(trunk => !stands.Contains(trunk.Id)).Select(trunk => new MirrorRow(
            Stamp.ParentOf(trunk.Description)!, trunk.Name, "-", trunk.Id, trunk.Status ?? "-", "orphan: no port of this host carries it")));
        return rows;
    }

    static MirrorRow Row(NeutronTrunk trunk, Trunk? seen) => new(
        trunk.Id,
        trunk.Name,
        trunk.Status ?? "-",
        seen?.Id ?? "-",
        seen?.Status ?? "-",
        seen is null ? "missing in the child"
        : (seen.SubPorts?.Count ?? 0) == trunk.SubPorts.Count ? "linked"
        : $"drift: {seen.SubPorts?.Count ?? 0} subports of {trunk.SubPorts.Count}");

    async Task<IReadOnlyList<Trunk>> OursAsync(CancellationToken cancelled)
    {
        if (!(await child.Cloud.Network.Extensions.AliasesAsync(Scope.Own, cancelled)).Contains(Extension.Trunk))
        {
            return [];
        }

        var project = await child.Cloud.Identity.ProjectIdAsync(Scope.Own, cancelled);
        var ours = new List<Trunk>();
        await foreach (var seen in child.Cloud.Network.Trunks.ListAsync(Scope.Own, new() { ProjectId = project }, cancelled))
        {
            if (seen.ProjectId == project && Stamp.ParentOf(seen.Description) is not null)
            {
                ours.Add(seen);
            }
        }

        return ours;
    }
}
