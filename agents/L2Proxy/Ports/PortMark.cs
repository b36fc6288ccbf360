using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Ports;

/// <summary>
/// What the child remembers for us: what the parent was told of a port, as a tag of the port there. So the child itself can be asked for the ports of which
/// the parent believes something else, and the answer holds these and no others, however many ports there are. A stock child has no shorter question: it
/// refuses <c>changed_since</c> as a filter and <c>updated_at</c> as a sort key (neutron/extensions/timestamp.py: TIMESTAMP_BODY says neither is_filter nor
/// is_sort_key, and api/api_common.py: get_filters_from_dict and get_sorts answer 400; the same in Zed, 2025.1 and 2026.1).
/// </summary>
/// <remarks>
/// A tag is its port's owner's to change: whoever does only makes us read his own port more often, or see its changes with the next comparison.
/// </remarks>
[Flags]
internal enum PortMark
{
    /// <summary>Nobody has said anything yet: it is asked for by its id.</summary>
    None = 0,

    /// <summary>The parent was told that it is up.</summary>
    Up = 1,

    /// <summary>The parent was told that it is down, or never anything else for a good while.</summary>
    Down = 2,
}

/// <summary>Tags to marks.</summary>
internal static class PortMarks
{
    public const string Up = "cascade-up";

    public const string Down = "cascade-down";

    /// <summary>A port that no server took by then is marked as down: many of these must not make a look long.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromMinutes(5);

    public static PortMark Of(Port seen) =>
        (Has(seen, Up) ? PortMark.Up : PortMark.None) | (Has(seen, Down) ? PortMark.Down : PortMark.None);

    /// <param name="believed">The parent's status; null when it is not certain whether it heard us.</param>
    /// <returns>Null while it cannot be said.</returns>
    public static PortMark? For(string? believed) => believed switch
    {
        null => null,
        "ACTIVE" => PortMark.Up,
        _ => PortMark.Down,
    };

    /// <summary>Whether its mark is to be written: what has just been made will soon be up, and is asked for by its id until then.</summary>
    /// <param name="childNow">The child's clock.</param>
    public static bool IsDue(PortEntry entry, Port seen, DateTimeOffset? childNow) =>
        For(entry.Believed) is { } wanted && wanted != entry.Mark
        && (wanted is not PortMark.Down || entry.Mark is not PortMark.None || (seen.CreatedAt is { } made && childNow - made > Young));

    static bool Has(Port seen, string tag) => seen.Tags?.Contains(tag, StringComparer.Ordinal) is true;
}
