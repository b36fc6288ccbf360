using Cascade.Contracts.Neutron.Objects;

namespace Cascade.L2Proxy.Ports;

/// <summary>Everything of a parent's port that has a consequence in the child, as one text: equal texts, nothing to do. The status is not in it.</summary>
internal static class PortShape
{
    public static string Of(NeutronPort port)
    {
        var binding = port.ActiveBinding;
        return string.Join(
            '|',
            port.NetworkId,
            port.ProjectId,
            port.MacAddress,
            port.Name,
            port.AdminStateUp,
            port.DeviceOwner,
            Sorted(port.FixedIps.Select(ip => $"{ip.SubnetId}={ip.IpAddress}")),
            Sorted(port.AllowedAddressPairs.Select(pair => $"{pair.IpAddress}={pair.MacAddress}")),
            port.PortSecurityEnabled,
            Sorted(port.SecurityGroupIds),
            port.QosPolicyId,
            port.DnsName ?? "",
            Sorted(port.DhcpOptions.Select(option => $"{option.OptName}={option.OptValue}={option.IpVersion}")),
            binding?.Host,
            binding?.VifType,
            binding?.VnicType);
    }

    static string Sorted(IEnumerable<string> parts) => string.Join(',', parts.Order(StringComparer.Ordinal));
}
