using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Trunks;

/// <summary>The parent's trunk in the child's words.</summary>
internal static class TrunkMap
{
    const int LongestName = 255;

    /// <summary>Whether a port carries a trunk: its dictionary says so, and so does the bridge that the parent would plug it into
    /// (neutron/services/trunk/drivers/openvswitch/utils.py: gen_trunk_br_name).</summary>
    public static bool IsCarrier(NeutronPort port) =>
        port.Trunk is not null
        || (port.ActiveBinding?.VifDetails?["bridge_name"] is { } bridge && bridge.GetValueKind() == System.Text.Json.JsonValueKind.String
            && bridge.GetValue<string>().StartsWith("tbr-", StringComparison.Ordinal));

    /// <param name="of">As the parent has it.</param>
    /// <param name="childPortId">The child's port for its port.</param>
    /// <param name="ports">The parent's subport → the child's; those that are missing come later.</param>
    public static WantedTrunk Wanted(NeutronTrunk of, string childPortId, IReadOnlyDictionary<string, string> ports)
    {
        var name = of.Name ?? "";
        return new(of.Id, childPortId, name.Length <= LongestName ? name : name[..LongestName], of.AdminStateUp ?? true)
        {
            SubPorts = [.. of.SubPorts.Where(port => ports.ContainsKey(port.PortId)).Select(port => new SubPort(ports[port.PortId], port.SegmentationType ?? "vlan", port.SegmentationId))],
        };
    }

    /// <summary>A subport with another segment is another one: it is taken out, then put in.</summary>
    public static SubPortDifference Difference(IEnumerable<SubPort>? seen, WantedTrunk wanted)
    {
        var there = (seen ?? []).Select(port => port with { MacAddress = null }).ToHashSet();
        var want = wanted.SubPorts.ToHashSet();
        return new([.. wanted.SubPorts.Where(port => !there.Contains(port))], [.. there.Where(port => !want.Contains(port)).Select(port => port.PortId).Order(StringComparer.Ordinal)]);
    }

    /// <summary>What the parent is to be told; null when it knows, or when nothing is known to tell.</summary>
    /// <param name="believed">The parent's status.</param>
    /// <param name="seen">The child's.</param>
    /// <param name="isWhole">Every subport is in the child's trunk.</param>
    public static string? Verdict(string? believed, string? seen, bool isWhole)
    {
        var now = seen is "ACTIVE" && !isWhole ? "DEGRADED" : seen;
        return now is null or "BUILD" || now == believed ? null : now;
    }
}

/// <param name="ParentId">What the stamp names.</param>
/// <param name="PortId">The child's.</param>
internal sealed record WantedTrunk(string ParentId, string PortId, string Name, bool AdminStateUp)
{
    public string Description => Stamp.Of(ParentId);

    public IReadOnlyList<SubPort> SubPorts { get; init; } = [];
}

/// <param name="Surplus">Ids of the child's ports.</param>
internal sealed record SubPortDifference(IReadOnlyList<SubPort> Missing, IReadOnlyList<string> Surplus)
{
    public bool IsNone => Missing.Count == 0 && Surplus.Count == 0;
}
