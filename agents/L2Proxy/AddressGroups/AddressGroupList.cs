using Cascade.Agent.Verbs;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.SecurityGroups;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.AddressGroups;

/// <summary>
/// Address groups of both clouds side by side, for <c>mirror list</c>: the parent's, and those that hold the members of its security groups that live elsewhere.
/// None for a child that knows none. Reads only.
/// </summary>
internal sealed class AddressGroupList(
    ParentView parent, GroupReader groups, GroupWriter traits, AddressGroupMirroring child, AddressGroupReader lists, MirrorRules rules) : IMirrorSource
{
    public string Noun => "address groups";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        if (!(await traits.TraitsAsync(cancelled)).AddressGroups)
        {
            return [];
        }

        var seen = GroupReconciler.ByParent(await child.OursAsync(cancelled));
        var here = (await parent.OnHostAsync(cancelled)).Where(port => PortPlaces.Of(port, rules.Host) is PortPlace.Here);
        var named = (await groups.GroupsAsync(here.SelectMany(port => port.SecurityGroupIds), cancelled)).Values.SelectMany(group => group.Rules ?? []).ToList();
        var listed = await lists.AllAsync(named.Select(rule => rule.RemoteAddressGroupId).OfType<string>(), cancelled);
        var remotes = await groups.GroupsAsync(named.Select(rule => rule.RemoteGroupId).OfType<string>(), cancelled);
        return
        [
            .. listed.Values.Select(group => Row(group.Id, group.Name, seen.GetValueOrDefault(group.Id), there => Note(group, there))),
            // Who is a member changes by the second, and is the agent's to know.
            .. remotes.Values.Select(group => Row(group.Id, group.Name, seen.GetValueOrDefault(group.Id), there => $"linked: {Count(there)} members elsewhere")),
            .. seen.Where(of => !listed.ContainsKey(of.Key) && !remotes.ContainsKey(of.Key))
                .Select(of => new MirrorRow(of.Key, of.Value.Name, "-", of.Value.Id, "-", "orphan: no rule of a port of this host names it")),
        ];
    }

    static MirrorRow Row(string parentId, string? name, AddressGroup? seen, Func<AddressGroup, string> note) =>
        new(parentId, name, "-", seen?.Id ?? "-", "-", seen is null ? "missing in the child" : note(seen));

    static string Note(NeutronAddressGroup group, AddressGroup seen)
    {
        var difference = AddressGroupMap.Difference(seen.Addresses, AddressGroupMap.Wanted(group));
        return difference.IsNone ? "linked" : $"drift: {difference.Missing.Count} addresses missing, {difference.Surplus.Count} too many";
    }

    static int Count(AddressGroup seen) => seen.Addresses?.Count ?? 0;
}
