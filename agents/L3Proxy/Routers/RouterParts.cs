using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.FloatingIps;

namespace Cascade.L3Proxy.Routers;

/// <summary>What is read of the parent's routers besides themselves, for all of them at once.</summary>
/// <param name="Ports">Those inside to which something outside leads.</param>
/// <param name="Forwardings">By floating IP.</param>
/// <param name="NdpProxies">By router.</param>
/// <param name="Reserved">By router, the addresses outside that were set aside for it on this host.</param>
internal sealed record RouterParts(
    InnerPorts Ports,
    ILookup<string, NeutronPortForwarding> Forwardings,
    ILookup<string, NeutronNdpProxy> NdpProxies,
    ILookup<string, RouterPort> Reserved);
