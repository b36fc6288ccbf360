namespace Cascade.OpenStack.Network;

/// <summary>An NDP proxy to make; null members are not sent.</summary>
public sealed record NdpProxyCreate
{
    /// <summary>With <c>enable_ndp_proxy</c>.</summary>
    public required string RouterId { get; init; }

    public required string PortId { get; init; }

    /// <summary>One of the port's on a subnet of the router; null leaves it to Neutron.</summary>
    public string? IpAddress { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }
}
