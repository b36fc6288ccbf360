using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;

namespace Cascade.L2Proxy.Networks;

/// <summary>The parent's network in the child's words.</summary>
internal static class NetworkMap
{
    /// <param name="of">As the parent has it.</param>
    /// <param name="rules">Which physical network is which.</param>
    /// <param name="traits">What the child can.</param>
    /// <param name="qosPolicyId">The child's policy for the network's, null for none.</param>
    /// <exception cref="RefusedException">The child cannot carry it.</exception>
    public static WantedNetwork Wanted(NeutronNetwork of, MirrorRules rules, ChildTraits traits, string? qosPolicyId) =>
        of.QosPolicyId is not null && !traits.Qos ? throw new RefusedException($"network {of.Id}: the child knows no QoS policies (qos)") : Translate(of, rules, traits, qosPolicyId);

    static WantedNetwork Translate(NeutronNetwork of, MirrorRules rules, ChildTraits traits, string? qosPolicyId) => new(Stamp.Of(of.Id))
    {
        Name = of.Name ?? "",
        AdminStateUp = of.AdminStateUp ?? true,
        Mtu = traits.NetworkMtu ? of.Mtu : null,
        PortSecurityEnabled = traits.PortSecurity ? of.PortSecurityEnabled ?? true : null,
        DnsDomain = traits.Dns ? of.DnsDomain ?? "" : null,
        QosPolicyId = qosPolicyId,
        Provider = traits.Provider ? ProviderOf(of, rules) : null,
    };

    static Provider? ProviderOf(NeutronNetwork of, MirrorRules rules)
    {
        var can = of.Segments.Where(segment => segment.IsDynamic is not true).Select(segment => Translate(segment, rules)).OfType<Provider>().FirstOrDefault();
        if (can is null && of.Segments.Count > 0)
        {
            var those = string.Join(", ", of.Segments.Select(segment => $"{segment.NetworkType} on {segment.PhysicalNetwork ?? "no physical network"}"));
            throw new RefusedException($"network {of.Id} is {those}: no physical network of the child is declared for it");
        }

        return can;
    }

    static Provider? Translate(NetworkSegment segment, MirrorRules rules) => segment.NetworkType switch
    {
        "vxlan" or "gre" or "geneve" => new(segment.NetworkType, null, segment.SegmentationId),
        "vlan" or "flat" when segment.PhysicalNetwork is { } physical && rules.Physical.TryGetValue(physical, out var mapped) =>
            new(segment.NetworkType, mapped, segment.NetworkType is "vlan" ? segment.SegmentationId : null),
        _ => null,
    };
}

/// <param name="Description">The stamp.</param>
internal sealed record WantedNetwork(string Description)
{
    public string Name { get; init; } = "";

    public bool AdminStateUp { get; init; } = true;

    /// <summary>The parent's; the child's is never above its own maximum. Null: the child cannot be told.</summary>
    public int? Mtu { get; init; }

    public bool? PortSecurityEnabled { get; init; }

    public string? DnsDomain { get; init; }

    public string? QosPolicyId { get; init; }

    /// <summary>Null: the child chooses.</summary>
    public Provider? Provider { get; init; }
}

/// <param name="NetworkType">provider:network_type.</param>
/// <param name="PhysicalNetwork">The child's; null for tunnels.</param>
/// <param name="SegmentationId">The parent's.</param>
internal sealed record Provider(string NetworkType, string? PhysicalNetwork, int? SegmentationId)
{
    /// <summary>Only a tunnel's number may be another one in the child: nobody outside sees it there.</summary>
    public bool IsTunnel => PhysicalNetwork is null;
}
