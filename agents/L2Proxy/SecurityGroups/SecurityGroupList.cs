using Cascade.Agent.Verbs;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.AddressGroups;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Ports;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>Security groups of both clouds side by side, for <c>mirror list</c>. Reads only.</summary>
internal sealed class SecurityGroupList(ParentView parent, GroupReader groups, GroupReconciler child, GroupWriter traits, AddressGroupMirroring addresses, MirrorRules rules) : IMirrorSource
{
    public string Noun => "security groups";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var seen = GroupReconciler.ByParent(await child.OursAsync(cancelled));
        var lists = (await traits.TraitsAsync(cancelled)).AddressGroups
            ? GroupReconciler.ByParent(await addresses.OursAsync(cancelled))
            : null;
        var here = (await parent.OnHostAsync(cancelled)).Where(port => PortPlaces.Of(port, rules.Host) is PortPlace.Here);
        var used = await groups.GroupsAsync(here.SelectMany(port => port.SecurityGroupIds), cancelled);
        var named = await groups.GroupsAsync(used.Values.SelectMany(group => group.Rules ?? []).Select(rule => rule.RemoteGroupId).OfType<string>().Where(id => !used.ContainsKey(id)), cancelled);
        return
        [
            .. used.Values.Select(group => Row(group, seen.GetValueOrDefault(group.Id), Note(group, seen, lists))),
            .. named.Values.Select(group => Row(group, seen.GetValueOrDefault(group.Id), seen.ContainsKey(group.Id) ? "linked: only named by rules" : "missing in the child")),
            .. seen.Where(of => !used.ContainsKey(of.Key) && !named.ContainsKey(of.Key))
                .Select(of => new MirrorRow(of.Key, of.Value.Name, "-", of.Value.Id, "-", "orphan: no port of this host needs it")),
        ];
    }

    static MirrorRow Row(NeutronSecurityGroup group, SecurityGroup? seen, string note) => new(group.Id, group.Name, "-", seen?.Id ?? "-", "-", note);

    static string Note(NeutronSecurityGroup group, Dictionary<string, SecurityGroup> seen, Dictionary<string, AddressGroup>? lists)
    {
        var its = group.Rules ?? [];
        if (!seen.TryGetValue(group.Id, out var there))
        {
            return "missing in the child";
        }

        if (lists is null && its.Any(rule => rule.RemoteGroupId is not null || rule.RemoteAddressGroupId is not null))
        {
            return "linked: its members elsewhere are rules of their own";
        }

        if (its.Select(rule => rule.RemoteGroupId).OfType<string>().FirstOrDefault(id => !seen.ContainsKey(id)) is { } missing)
        {
            return $"drift: group {missing} that it names is missing in the child";
        }

        var listed = (string id) => new RemoteAddresses(lists?.GetValueOrDefault(id)?.Id ?? "missing", new HashSet<string>());
        var remotes = its.Select(rule => rule.RemoteGroupId).OfType<string>().Distinct().ToDictionary(id => id, id => new RemoteGroup(seen[id].Id, listed(id)));
        var difference = SecurityGroupMap.Difference(
            there.SecurityGroupRules ?? [],
            SecurityGroupMap.Rules(its, remotes, its.Select(rule => rule.RemoteAddressGroupId).OfType<string>().Distinct().ToDictionary(id => id, listed)));
        return difference.IsNone ? "linked" : $"drift: {difference.Missing.Count} rules missing, {difference.Surplus.Count} too many";
    }
}
