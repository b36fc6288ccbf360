using System.Net;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Gateways;
using Cascade.L3Proxy.Placeholders;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack.Network;
using FixedIp = Cascade.OpenStack.Network.FixedIp;
using HostRoute = Cascade.OpenStack.Network.HostRoute;

namespace Cascade.L3Proxy.Routers;

/// <summary>What shall stand in the child for a router, in the child's words.</summary>
internal sealed record WantedRouter(string ParentId)
{
    public string Description => Stamp.Of(ParentId);

    public string Name { get; init; } = "";

    /// <summary>False for one that is administratively down in the parent: it stays, and routes nothing.</summary>
    public bool AdminStateUp { get; init; } = true;

    /// <summary>Null for none.</summary>
    public WantedGateway? Gateway { get; init; }

    public IReadOnlyList<WantedInterface> Interfaces { get; init; } = [];

    public IReadOnlyList<HostRoute> Routes { get; init; } = [];

    public IReadOnlyList<WantedFloatingIp> FloatingIps { get; init; } = [];

    public IReadOnlyList<ConntrackRule> ConntrackHelpers { get; init; } = [];

    /// <summary>Whether it answers outside for the addresses of <see cref="NdpProxies"/>, and for no other of that scope; null when that is not known: what is there stays.</summary>
    public bool? EnableNdpProxy { get; init; } = false;

    public IReadOnlyList<WantedNdpProxy> NdpProxies { get; init; } = [];

    /// <summary>Interfaces that are there in the parent and cannot be in the child yet: what stands there for them stays.</summary>
    public IReadOnlySet<string> Awaited { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The gateway cannot be as the parent has it: what is there stays if it stands for the same port.</summary>
    public bool GatewayUnknown { get; init; }

    /// <summary>The parent's port of a gateway that is unknown; null when it is not known which one counts here.</summary>
    public string? UnknownGatewayPort { get; init; }

    /// <summary>What the parent is to set aside before the gateway can be known; null for nothing.</summary>
    public ReservationDue? Reservation { get; init; }

    /// <summary>Floating IPs that cannot be in the child, and why; null for what is only awaited.</summary>
    public IReadOnlyDictionary<string, string?> Unserved { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>For the ports to which it leads and that are bound nowhere.</summary>
    public IReadOnlyList<WantedPlaceholder> Placeholders { get; init; } = [];

    /// <summary>All that could not be translated, in words.</summary>
    public IReadOnlyList<Obstacle> Obstacles { get; init; } = [];
}

/// <param name="NetworkId">The child's.</param>
internal sealed record WantedGateway(string ParentPortId, string NetworkId, IReadOnlyList<FixedIp> FixedIps, bool EnableSnat)
{
    /// <summary>The parent's port, when it is not the router's own but one that this host has.</summary>
    public RouterPort? Agents { get; init; }

    /// <summary>The parent's policy, its own or that of the network; null for none.</summary>
    public string? QosPolicy { get; init; }

    /// <summary>What stands for it (<see cref="Qos.RouterPolicies"/>).</summary>
    public string? ChildQosPolicy { get; init; }

    /// <summary>It cannot be had: what is there stays.</summary>
    public bool QosIsUnknown { get; init; }
}

/// <param name="NetworkId">The child's.</param>
/// <param name="FixedIps">On the child's subnets.</param>
internal sealed record WantedInterface(string ParentPortId, string NetworkId, string MacAddress, IReadOnlyList<FixedIp> FixedIps);

/// <summary>A floating IP that leads to a port, or one of which single ports are forwarded.</summary>
/// <param name="NetworkId">The child's external network.</param>
/// <param name="PortId">The child's port; null for one with forwardings.</param>
internal sealed record WantedFloatingIp(string ParentId, string NetworkId, string Address, string? PortId, string? FixedIpAddress)
{
    public string Description => Stamp.Of(ParentId);

    public IReadOnlyList<WantedForwarding> Forwardings { get; init; } = [];

    /// <summary>The parent's policy, its own or that of the network; null for none.</summary>
    public string? QosPolicy { get; init; }

    /// <summary>What stands for it (<see cref="Qos.RouterPolicies"/>).</summary>
    public string? ChildQosPolicy { get; init; }
}

/// <param name="PortId">The child's port inside.</param>
/// <param name="ExternalPorts"><c>first:last</c>.</param>
/// <param name="InternalPorts"><c>first:last</c>.</param>
internal sealed record WantedForwarding(string Protocol, string PortId, string InternalIpAddress, string ExternalPorts, string InternalPorts);

/// <summary>An IPv6 address inside for which the router answers outside.</summary>
/// <param name="PortId">The child's port.</param>
/// <param name="IpAddress">In one spelling: two of them are one address.</param>
internal sealed record WantedNdpProxy(string PortId, string IpAddress)
{
    public static WantedNdpProxy Of(string portId, string ipAddress) => new(portId, IPAddress.TryParse(ipAddress, out var parsed) ? parsed.ToString() : ipAddress);

    public static WantedNdpProxy Of(NdpProxy seen) => Of(seen.PortId ?? "", seen.IpAddress ?? "");
}
