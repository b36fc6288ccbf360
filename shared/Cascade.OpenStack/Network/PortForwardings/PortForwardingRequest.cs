namespace Cascade.OpenStack.Network;

/// <summary>
/// A port forwarding to make, or what to change of one; null members are not sent. To make one all but the description is needed, the ports or their ranges.
/// </summary>
public sealed record PortForwardingRequest
{
    public string? Protocol { get; init; }

    public string? InternalPortId { get; init; }

    public string? InternalIpAddress { get; init; }

    public int? InternalPort { get; init; }

    public int? ExternalPort { get; init; }

    /// <summary><c>80:90</c>; as many ports as the external one, or one. Not together with <see cref="InternalPort"/>.</summary>
    public string? InternalPortRange { get; init; }

    public string? ExternalPortRange { get; init; }

    public string? Description { get; init; }
}
