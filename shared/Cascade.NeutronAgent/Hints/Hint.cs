namespace Cascade.NeutronAgent.Hints;

/// <summary>
/// Somebody said that something of the parent changed: read it again. What was told is not to be acted upon, it may be old or told out of order; it only
/// helps to see whether the thing is any business of ours.
/// </summary>
/// <param name="Type">As the parent's objects are called: <see cref="Contracts.Neutron.Objects.NeutronObjects"/>.</param>
/// <param name="Id">Of the thing.</param>
/// <param name="Events">All that was told since the last look.</param>
public sealed record Hint(string Type, string Id, HintEvents Events)
{
    /// <summary>What it belongs to: the network of a port or subnet, the group of a rule, the trunk of a subport; null when that was not told (a deletion tells only the id).</summary>
    public string? Owner { get; init; }

    /// <summary>Every host that a port was said to be bound to since the last look, the empty name for none; null when nothing was said of it.</summary>
    public IReadOnlySet<string>? Hosts { get; init; }

    /// <summary>What was told last: of something that may go and come back it is what counts.</summary>
    public HintEvents Last { get; private init; } = Events;

    public bool IsDeletion => Events.HasFlag(HintEvents.Deleted);

    /// <summary>Whether a port was said to be on this host, or nothing was said of its host.</summary>
    public bool MayConcern(string host) => Hosts is null || Hosts.Contains(host);

    /// <summary>Both in one. An id that was deleted never comes back (neutron/agent/resource_cache.py: RemoteResourceCache._is_stale).</summary>
    public Hint And(Hint later) => this with
    {
        Events = Events | later.Events,
        Last = later.Last,
        Owner = later.Owner ?? Owner,
        Hosts = Hosts is null || later.Hosts is null ? null : Hosts.Union(later.Hosts).ToHashSet(StringComparer.Ordinal),
    };
}

/// <summary>What was told.</summary>
[Flags]
public enum HintEvents
{
    None = 0,
    Changed = 1,

    /// <summary>Who is in a security group, or with which addresses.</summary>
    Members = 2,
    Deleted = 4,
}
