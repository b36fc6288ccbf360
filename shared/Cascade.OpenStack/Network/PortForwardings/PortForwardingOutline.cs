namespace Cascade.OpenStack.Network;

/// <summary>A port forwarding inside of its floating IP (services/portforwarding/pf_plugin.py: _extend_floatingip_dict).</summary>
/// <param name="Id">Null before Zed (floating-ip-port-forwarding-detail).</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c>, …</param>
/// <param name="InternalPortId">Null before Zed (floating-ip-port-forwarding-detail).</param>
/// <param name="InternalIpAddress">The address inside.</param>
/// <param name="InternalPort">Null for a range.</param>
/// <param name="ExternalPort">Null for a range.</param>
public sealed record PortForwardingOutline(
    string? Id, string? Protocol, string? InternalPortId, string? InternalIpAddress, int? InternalPort, int? ExternalPort);
