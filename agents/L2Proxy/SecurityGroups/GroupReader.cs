using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.NeutronAgent.Server;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>What the parent says of groups and their members: reads that change nothing there.</summary>
internal sealed class GroupReader(INeutronServer server, GroupBook book)
{
    /// <summary>Ports in one question about members: each brings all its groups and their members along.</summary>
    const int Witnesses = 20;

    /// <summary>With their rules; what is gone is missing.</summary>
    public async Task<IReadOnlyDictionary<string, NeutronSecurityGroup>> GroupsAsync(IEnumerable<string> ids, CancellationToken cancelled) =>
        (await server.PullAsync(NeutronObjects.SecurityGroup, "id", ids.Distinct(StringComparer.Ordinal), NeutronSecurityGroup.Read, cancelled)).ToDictionary(one => one.Id, StringComparer.Ordinal);

    /// <summary>
    /// Every address of each of these groups' ports, wherever they are. As a native agent asks: by ports of its own whose rules name the group, of which the
    /// server answers with addresses alone; without such a port, by the ports that carry the group.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlySet<string>>> MembersAsync(IReadOnlyCollection<string> ids, CancellationToken cancelled)
    {
        var members = ids.ToDictionary(id => id, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        var witnesses = ids.SelectMany(id => book.WitnessesOf(id).Select(port => (Port: port, Id: id))).ToLookup(of => of.Port, of => of.Id, StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        var unsure = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in witnesses.Select(of => of.Key).Chunk(Witnesses))
        {
            var info = await server.AskAsync(new SecurityGroupInfoForDevices(some), cancelled);
            // A port that is just leaving is not answered for; taking that for "no members" would shut everybody out.
            unsure.UnionWith(some.Where(port => !info.Devices.ContainsKey(port)).SelectMany(port => witnesses[port]));
            foreach (var (id, found) in info.Members.Where(of => members.ContainsKey(of.Key)))
            {
                told.Add(id);
                members[id].UnionWith(found.Select(member => member.Address));
            }
        }

        foreach (var id in ids.Where(id => unsure.Contains(id) || !told.Contains(id)))
        {
            members[id].UnionWith(await PortsAsync(id, cancelled));
        }

        return members.ToDictionary(of => of.Key, of => (IReadOnlySet<string>)of.Value, StringComparer.Ordinal);
    }

    async Task<IEnumerable<string>> PortsAsync(string id, CancellationToken cancelled) =>
        (await server.PullAsync(NeutronObjects.Port, "security_group_ids", [id], NeutronPort.Read, cancelled)).SelectMany(port => PortMembership.Of(port).Addresses);
}
