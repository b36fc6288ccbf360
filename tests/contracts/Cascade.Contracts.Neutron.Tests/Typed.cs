using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Tests;

/// <summary>Every object that is pushed has a reader of its own.</summary>
static class Typed
{
    /// <summary>What the reader of its type took for its id; null when it read nothing.</summary>
    public static string? Id(VersionedObject of) => of.Name switch
    {
        "Port" => NeutronPort.Read(of)?.Id,
        "Network" => NeutronNetwork.Read(of)?.Id,
        "Subnet" => NeutronSubnet.Read(of)?.Id,
        "SecurityGroup" => NeutronSecurityGroup.Read(of)?.Id,
        "SecurityGroupRule" => NeutronSecurityGroupRule.Read(of)?.Id,
        "AddressGroup" => NeutronAddressGroup.Read(of)?.Id,
        "QosPolicy" => NeutronQosPolicy.Read(of)?.Id,
        "Trunk" => NeutronTrunk.Read(of)?.Id,
        "PortForwarding" => NeutronPortForwarding.Read(of)?.Id,
        "ConntrackHelper" => NeutronConntrackHelper.Read(of)?.Id,
        "NDPProxy" => NeutronNdpProxy.Read(of)?.Id,
        "SubPort" => NeutronSubPort.Read(of)?.PortId,
        _ => null,
    };
}
