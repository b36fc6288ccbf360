using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Ports. Refusals: <see cref="NetworkError.MacAddressInUse"/>, <see cref="NetworkError.IpAddressAlreadyAllocated"/> (what
/// ML2 says of an address that another port has; <see cref="NetworkError.IpAddressInUse"/> in a race),
/// <see cref="NetworkError.IpAddressGenerationFailure"/> (the pools are empty), <see cref="NetworkError.PortBound"/> (a MAC cannot be changed
/// while bound), <see cref="NetworkError.PortInUseAsTrunkParent"/>, <see cref="NetworkError.PortInUseAsSubPort"/>,
/// <see cref="NetworkError.ServicePortInUse"/> (409); an address outside the subnets is 400 (InvalidIpForNetwork, InvalidIpForSubnet);
/// quota is <see cref="FaultKind.OverQuota"/>. Many at once on a network with automatic addresses need their MACs said: without them a real Zed answers 500
/// (oslo_utils/netutils.py: get_ipv6_addr_by_EUI64 with a MAC that is not there yet). Deleting a port that a server uses works and takes the interface from the server.
/// </summary>
public sealed class Ports : ChangeableCollection<Port, PortCreate, PortUpdate, PortFilter>
{
    internal Ports(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/ports", "port", "ports", NetworkJson.Default.Port), NetworkJson.Default.PortCreate, NetworkJson.Default.PortUpdate)
    {
    }
}
