using Cascade.NeutronAgent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Networks;

/// <summary>What to send so that the child's network is as wanted: nothing, when it is.</summary>
internal static class NetworkBody
{
    /// <param name="wanted">What it shall be.</param>
    /// <param name="projectId">Ours, where no tenant can change it.</param>
    /// <param name="mtu">The largest that the child carries; null while that is not known.</param>
    public static NetworkCreate Create(WantedNetwork wanted, string projectId, int? mtu) => new()
    {
        Name = wanted.Name,
        Description = wanted.Description,
        ProjectId = projectId,
        AdminStateUp = wanted.AdminStateUp,
        Mtu = Smaller(wanted.Mtu, mtu),
        PortSecurityEnabled = wanted.PortSecurityEnabled,
        DnsDomain = wanted.DnsDomain is "" ? null : wanted.DnsDomain,
        QosPolicyId = wanted.QosPolicyId,
        ProviderNetworkType = wanted.Provider?.NetworkType,
        ProviderPhysicalNetwork = wanted.Provider?.PhysicalNetwork,
        ProviderSegmentationId = wanted.Provider?.SegmentationId,
    };

    /// <returns>Null when there is nothing to change.</returns>
    public static Change<NetworkUpdate>? Difference(NetworkInfo seen, WantedNetwork wanted, int? mtu)
    {
        var differing = new Differing();
        var size = Smaller(wanted.Mtu, mtu);
        var update = new NetworkUpdate
        {
            Name = differing.Of("name", seen.Name != wanted.Name, wanted.Name),
            AdminStateUp = differing.Of<bool?>("admin_state_up", seen.AdminStateUp != wanted.AdminStateUp, wanted.AdminStateUp),
            Mtu = differing.Of<int?>("mtu", size is not null && seen.Mtu != size, size),
            PortSecurityEnabled = differing.Of<bool?>(
                "port_security_enabled", wanted.PortSecurityEnabled is { } security && seen.PortSecurityEnabled != security, wanted.PortSecurityEnabled),
            DnsDomain = differing.Of("dns_domain", wanted.DnsDomain is { } domain && (seen.DnsDomain ?? "") != domain, wanted.DnsDomain),
            QosPolicyId = differing.Of<Settable>("qos_policy_id", Text(seen.QosPolicyId) != Text(wanted.QosPolicyId), wanted.QosPolicyId),
            ProviderSegmentationId = differing.Of<int?>("provider:segmentation_id", IsOtherVlan(seen, wanted.Provider), wanted.Provider?.SegmentationId),
        };
        return differing.ToChange(update);
    }

    /// <summary>Where the child had to take another number than the parent's, for the operator; null when it is the parent's.</summary>
    public static string? OtherSegment(NetworkInfo seen, WantedNetwork wanted) =>
        wanted.Provider is { } provider && seen.ProviderNetworkType is { } type && (type != provider.NetworkType || seen.ProviderSegmentationId != provider.SegmentationId)
            ? $"{type} {seen.ProviderSegmentationId} instead of {provider.NetworkType} {provider.SegmentationId}"
            : null;

    /// <summary>The number of a VLAN is the only thing of a segment that may change in a network's life (neutron/plugins/ml2/plugin.py: _update_provider_network_attributes).</summary>
    static bool IsOtherVlan(NetworkInfo seen, Provider? wanted) =>
        wanted is { NetworkType: "vlan", SegmentationId: { } vlan }
        && seen.ProviderNetworkType == wanted.NetworkType && seen.ProviderPhysicalNetwork == wanted.PhysicalNetwork && seen.ProviderSegmentationId != vlan;

    static int? Smaller(int? wanted, int? most) => wanted is { } size && most is { } limit ? Math.Min(size, limit) : wanted;

    static string Text(string? id) => id ?? "";
}
