using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>
/// Which group of the child stands for which of the parent's, who names whom, and which ports here carry them: a cache, rebuilt by every resync.
/// </summary>
internal sealed class GroupBook
{
    readonly Lock gate = new();
    readonly Dictionary<string, MirroredGroup> groups = new(StringComparer.Ordinal);
    readonly Dictionary<string, PortMembership> ports = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> portsOf = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> referrers = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> listers = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> ruleOwners = new(StringComparer.Ordinal);

    /// <summary>Security groups, their members, and address groups, by the parent's id.</summary>
    public Touched Touched { get; } = new();

    public IReadOnlyList<MirroredGroup> All
    {
        get
        {
            lock (gate)
            {
                return [.. groups.Values];
            }
        }
    }

    public MirroredGroup? Find(string id)
    {
        lock (gate)
        {
            return groups.GetValueOrDefault(id);
        }
    }

    /// <summary>Whether a change of it concerns us.</summary>
    public bool Knows(string id)
    {
        lock (gate)
        {
            return groups.ContainsKey(id) || portsOf.ContainsKey(id);
        }
    }

    /// <summary>Whether a port here carries it.</summary>
    public bool IsUsed(string id)
    {
        lock (gate)
        {
            return portsOf.ContainsKey(id);
        }
    }

    public IReadOnlyList<string> Used
    {
        get
        {
            lock (gate)
            {
                return [.. portsOf.Keys];
            }
        }
    }

    /// <summary>The groups that ports here carry and whose rules name it.</summary>
    public IReadOnlyList<string> ReferrersOf(string id) => UsedOf(referrers, id);

    /// <summary>The same of an address group.</summary>
    public IReadOnlyList<string> ListersOf(string addressGroupId) => UsedOf(listers, addressGroupId);

    /// <summary>The group of a rule that was read before: a deletion says nothing but the rule's id.</summary>
    public string? OwnerOf(string ruleId)
    {
        lock (gate)
        {
            return ruleOwners.GetValueOrDefault(ruleId);
        }
    }

    /// <summary>One port here for each group that names it: of these the parent says who its members are.</summary>
    public IReadOnlyList<string> WitnessesOf(string id)
    {
        lock (gate)
        {
            return [.. (referrers.GetValueOrDefault(id) ?? []).Where(portsOf.ContainsKey).Select(group => portsOf[group].First()).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>The addresses of the ports here that carry it.</summary>
    public IReadOnlyList<string> AddressesHere(string id)
    {
        lock (gate)
        {
            return [.. (portsOf.GetValueOrDefault(id) ?? []).SelectMany(port => ports[port].Addresses)];
        }
    }

    public void Set(MirroredGroup group)
    {
        lock (gate)
        {
            Unlink(group.ParentId);
            groups[group.ParentId] = group;
            Link(referrers, group.Remotes, group.ParentId);
            Link(listers, group.AddressGroups, group.ParentId);
            foreach (var rule in group.RuleIds)
            {
                ruleOwners[rule] = group.ParentId;
            }
        }
    }

    public void Remove(string id)
    {
        lock (gate)
        {
            Unlink(id);
            groups.Remove(id);
        }
    }

    /// <summary>A port of this host: its groups and addresses as the parent has them now.</summary>
    /// <returns>The groups for which something changed.</returns>
    public IReadOnlyCollection<string> Here(NeutronPort port)
    {
        var now = PortMembership.Of(port);
        lock (gate)
        {
            var before = ports.GetValueOrDefault(port.Id);
            if (before?.Equals(now) is true)
            {
                return [];
            }

            Leave(port.Id);
            ports[port.Id] = now;
            Link(portsOf, now.Groups, port.Id);
            return before is null ? [.. now.Groups] : [.. now.Groups.Union(before.Groups)];
        }
    }

    /// <returns>The groups that it carried.</returns>
    public IReadOnlyCollection<string> Gone(string portId)
    {
        lock (gate)
        {
            return Leave(portId) is { } before ? [.. before.Groups] : [];
        }
    }

    /// <summary>
    /// Ports of a list that was asked for a while ago: what is known of one already is newer, and one that has left is told by whoever took it away.
    /// </summary>
    public void Learn(IEnumerable<NeutronPort> here)
    {
        foreach (var port in here)
        {
            lock (gate)
            {
                if (!ports.ContainsKey(port.Id))
                {
                    Here(port);
                }
            }
        }
    }

    PortMembership? Leave(string portId)
    {
        if (!ports.Remove(portId, out var before))
        {
            return null;
        }

        foreach (var group in before.Groups)
        {
            Unlink(portsOf, group, portId);
        }

        return before;
    }

    void Unlink(string id)
    {
        if (!groups.TryGetValue(id, out var before))
        {
            return;
        }

        foreach (var remote in before.Remotes)
        {
            Unlink(referrers, remote, id);
        }

        foreach (var listed in before.AddressGroups)
        {
            Unlink(listers, listed, id);
        }

        foreach (var rule in before.RuleIds)
        {
            ruleOwners.Remove(rule);
        }
    }

    IReadOnlyList<string> UsedOf(Dictionary<string, HashSet<string>> index, string id)
    {
        lock (gate)
        {
            return [.. (index.GetValueOrDefault(id) ?? []).Where(portsOf.ContainsKey)];
        }
    }

    static void Link(Dictionary<string, HashSet<string>> index, IEnumerable<string> keys, string id)
    {
        foreach (var key in keys)
        {
            if (!index.TryGetValue(key, out var ids))
            {
                index[key] = ids = new(StringComparer.Ordinal);
            }

            ids.Add(id);
        }
    }

    static void Unlink(Dictionary<string, HashSet<string>> index, string key, string id)
    {
        if (index.TryGetValue(key, out var ids) && ids.Remove(id) && ids.Count == 0)
        {
            index.Remove(key);
        }
    }
}
