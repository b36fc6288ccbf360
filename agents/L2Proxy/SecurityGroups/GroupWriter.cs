using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.AddressGroups;
using Cascade.Mirror;
using Cascade.Mirror.Queue;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>
/// Brings one group of the child to what the parent has. The caller sees to it that nobody else does so with the same group; what its rules name is made on
/// lanes of its own, on which nothing waits for another group, so that two groups that name each other do not wait for each other.
/// </summary>
internal sealed class GroupWriter(
    ChildCloud child, GroupReader parent, GroupBook book, AddressGroupMirroring addresses, AddressGroupReader lists, ILogger<GroupWriter> log)
{
    const int Budget = 16;

    // Above what the agenda and a resync may have under way.
    const int Capacity = 100_000;

    readonly KeyedQueue bare = new(Budget, Capacity);

    public async Task<GroupTraits> TraitsAsync(CancellationToken cancelled) => GroupTraits.Of(await child.Cloud.Network.Extensions.AliasesAsync(Scope.Own, cancelled));

    public Task<string> ProjectAsync(CancellationToken cancelled) => child.ProjectIdAsync(cancelled);

    /// <summary>With all its rules.</summary>
    /// <returns>What its rules no longer name: ids of the parent's groups and address groups.</returns>
    public async Task<IReadOnlyCollection<string>> WholeAsync(string id, GroupFacts bulk, CancellationToken cancelled)
    {
        var facts = Current(id, bulk);
        var group = facts.Parents.GetValueOrDefault(id) ?? (await parent.GroupsAsync([id], cancelled)).GetValueOrDefault(id)
            ?? throw new LaterException(TimeSpan.FromSeconds(5), $"the parent's security group {id} is gone");
        var rules = group.Rules ?? [];
        var before = book.Find(id);
        var seen = await BareAsync(group, facts, cancelled);
        var now = new MirroredGroup(id, seen.Id, group.Name)
        {
            Remotes = Set(rules.Select(rule => rule.RemoteGroupId)),
            AddressGroups = Set(rules.Select(rule => rule.RemoteAddressGroupId)),
            Families = Set(rules.Select(FamilyOf)),
            RuleIds = [.. rules.Select(rule => rule.Id)],
        };

        // Who names whom has to be known before members are asked for: the ports of this group are the witnesses.
        book.Set(now);
        var asked = before?.Families ?? new HashSet<string>();
        var remotes = await RemotesAsync(now.Remotes, Set(rules.Where(rule => FamilyOf(rule) is { } family && !asked.Contains(family)).Select(rule => rule.RemoteGroupId)), facts, cancelled);
        var listed = await ListedAsync(now.AddressGroups, facts, cancelled);
        try
        {
            await new RuleWriter(child, await ProjectAsync(cancelled), log).BringAsync(seen, SecurityGroupMap.Rules(rules, remotes, listed), cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            Forget([id, .. now.Remotes, .. now.AddressGroups]);
            throw new LaterException(TimeSpan.FromSeconds(1), $"the child lost security group {seen.Id} or what its rules name: {Faults.Text(fault)}");
        }

        book.Set(now with { IsWhole = true });
        return before is null ? [] : [.. before.Named.Where(named => !now.Named.Contains(named))];
    }

    /// <summary>Who of a group lives elsewhere, as the child is to know it.</summary>
    public async Task<RemoteAddresses> MembersAsync(string id, GroupFacts bulk, CancellationToken cancelled) => await addresses.EnsureAsync(
        id,
        async turn =>
        {
            var facts = Current(id, bulk);
            var members = facts.Members.GetValueOrDefault(id) ?? (await parent.MembersAsync([id], turn))[id];
            return (AddressGroupMap.Elsewhere(id, book.Find(id)?.Name, members, book.AddressesHere(id)), facts.Addresses.GetValueOrDefault(id));
        },
        (await TraitsAsync(cancelled)).AddressGroups,
        cancelled);

    /// <summary>The parent's address group.</summary>
    public async Task<RemoteAddresses> ListAsync(string id, GroupFacts bulk, CancellationToken cancelled) => await addresses.EnsureAsync(
        id,
        async turn =>
        {
            var facts = Current(id, bulk);
            var list = facts.Listed.GetValueOrDefault(id) ?? await lists.FindAsync(id, turn)
                ?? throw new LaterException(TimeSpan.FromSeconds(5), $"the parent's address group {id} is gone");
            return (AddressGroupMap.Wanted(list), facts.Addresses.GetValueOrDefault(id));
        },
        (await TraitsAsync(cancelled)).AddressGroups,
        cancelled);

    /// <summary>Nothing of these is known any more: it is looked up when it is needed.</summary>
    public void Forget(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            if (book.Find(id) is { } known)
            {
                book.Set(known with { ChildId = null, IsWhole = false });
            }

            addresses.Forget(id);
        }
    }

    /// <summary>What was read in bulk, unless somebody has read this one by itself since: then nothing, and this is such a look, too.</summary>
    GroupFacts Current(string id, GroupFacts bulk)
    {
        if (bulk != GroupFacts.None && !book.Touched.Has(id))
        {
            return bulk;
        }

        book.Touched.Add(id);
        return GroupFacts.None;
    }

    /// <summary>Without a look at its rules.</summary>
    Task<SecurityGroup> BareAsync(NeutronSecurityGroup group, GroupFacts facts, CancellationToken cancelled) => bare.RunAsync(
        group.Id,
        async turn =>
        {
            var actuator = new SecurityGroupActuator(child, await ProjectAsync(turn.Cancelled));
            var wanted = SecurityGroupMap.Wanted(group, await TraitsAsync(turn.Cancelled));
            var known = book.Find(group.Id);
            if (wanted.Stateful is null && group.Stateful is false && known?.ChildId is null)
            {
                Log.StatelessIsStateful(log, group.Id);
            }

            var found = facts.Seen.GetValueOrDefault(group.Id) is { } seen
                ? new Mirrored<SecurityGroup>(seen, Origin.Linked)
                : await new Mirror<WantedGroup, SecurityGroup>(actuator, log).EnsureAsync(group.Id, new BookLink(known?.ChildId), _ => Task.FromResult(wanted), turn.Cancelled);
            if (found.Origin is not Origin.Created)
            {
                await actuator.UpdateAsync(found.Seen, wanted, turn.Cancelled);
            }

            if (known?.ChildId != found.Seen.Id)
            {
                book.Set((known ?? new(group.Id, null, group.Name)) with { ChildId = found.Seen.Id, Name = group.Name });
            }

            return found.Seen;
        },
        cancelled: cancelled);

    /// <param name="ids">The parent's.</param>
    /// <param name="anew">Those named for a family for which this group did not name them before: the parent tells only members of families that rules ask for.</param>
    /// <param name="facts">Read for all at once, or none.</param>
    /// <param name="cancelled">Ends it.</param>
    async Task<IReadOnlyDictionary<string, RemoteGroup>> RemotesAsync(IReadOnlySet<string> ids, HashSet<string> anew, GroupFacts facts, CancellationToken cancelled)
    {
        var unknown = ids.Where(id => book.Find(id)?.ChildId is null).ToList();
        var found = unknown.All(facts.Parents.ContainsKey) ? facts.Parents : await parent.GroupsAsync(unknown, cancelled);
        var remotes = new Dictionary<string, RemoteGroup>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            var childId = book.Find(id)?.ChildId ?? (found.TryGetValue(id, out var group)
                ? (await BareAsync(group, facts, cancelled)).Id
                : throw new LaterException(TimeSpan.FromSeconds(5), $"the parent's security group {id} is gone"));
            remotes[id] = new(childId, (anew.Contains(id) && !facts.Members.ContainsKey(id) ? null : addresses.Find(id)) ?? await MembersAsync(id, facts, cancelled));
        }

        return remotes;
    }

    async Task<IReadOnlyDictionary<string, RemoteAddresses>> ListedAsync(IReadOnlySet<string> ids, GroupFacts facts, CancellationToken cancelled)
    {
        var listed = new Dictionary<string, RemoteAddresses>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            listed[id] = addresses.Find(id) ?? await ListAsync(id, facts, cancelled);
        }

        return listed;
    }

    /// <summary>neutron/db/securitygroups_rpc_base.py: _get_security_group_member_ips: by remote group and ethertype.</summary>
    static string? FamilyOf(NeutronSecurityGroupRule rule) => rule.RemoteGroupId is { } remote ? $"{remote} {rule.Ethertype}" : null;

    static HashSet<string> Set(IEnumerable<string?> ids) => ids.OfType<string>().ToHashSet(StringComparer.Ordinal);
}
