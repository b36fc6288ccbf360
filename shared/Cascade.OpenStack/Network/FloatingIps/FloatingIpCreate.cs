using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A floating IP to make; null members are not sent.</summary>
public sealed record FloatingIpCreate
{
    /// <summary>An external one with an IPv4 subnet, else 400 (<see cref="NetworkError.BadRequest"/>).</summary>
    public required string FloatingNetworkId { get; init; }

    /// <summary>For administrators; may stand outside the pools. Null leaves it to Neutron.</summary>
    [JsonPropertyName("floating_ip_address")]
    public string? Address { get; init; }

    /// <summary>Take the address from this one.</summary>
    public string? SubnetId { get; init; }

    public string? PortId { get; init; }

    /// <summary>Which of the port's; must be said when it has several IPv4 ones, and may not be without <see cref="PortId"/>.</summary>
    public string? FixedIpAddress { get; init; }

    public string? ProjectId { get; init; }

    public string? Description { get; init; }

    /// <summary>Needs <see cref="Extension.QosFip"/>.</summary>
    public string? QosPolicyId { get; init; }
}
