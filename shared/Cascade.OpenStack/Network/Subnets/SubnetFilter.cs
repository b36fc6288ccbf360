using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which subnets to list.</summary>
public sealed record SubnetFilter : ListFilter
{
    /// <summary>On one of these networks.</summary>
    public IReadOnlyList<string>? NetworkIds { get; init; }

    public string? Cidr { get; init; }

    public int? IpVersion { get; init; }

    public bool? EnableDhcp { get; init; }

    public string? GatewayIp { get; init; }

    private protected override void Say(Query query) => query
        .AddEach("network_id", NetworkIds)
        .Add("cidr", Cidr)
        .Add("ip_version", IpVersion)
        .Add("enable_dhcp", EnableDhcp)
        .Add("gateway_ip", GatewayIp);
}
