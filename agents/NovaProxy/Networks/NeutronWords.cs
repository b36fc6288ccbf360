using Cascade.Contracts.Nova.Faults;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NovaProxy.Networks;

/// <summary>A refusal of the parent's Neutron in nova's own classes (nova/network/neutron.py: _create_port_minimal, _update_port).</summary>
internal static class NeutronWords
{
    /// <param name="doing">What was tried, for instance <c>binding port …</c>.</param>
    /// <param name="fault">What Neutron said.</param>
    /// <param name="network">The network it was about.</param>
    /// <param name="address">The address that was asked for.</param>
    /// <param name="port">The port it was about, or its MAC.</param>
    public static RpcFault Of(string doing, CloudFault fault, string? network = null, string? address = null, string? port = null) => fault switch
    {
        { Kind: FaultKind.OverQuota } => NetworkFaults.PortLimitExceeded(),
        { Code: NetworkError.IpAddressGenerationFailure } => NetworkFaults.NoMoreFixedIps(network ?? "?"),
        { Code: NetworkError.IpAddressInUse or NetworkError.IpAddressAlreadyAllocated } => NetworkFaults.FixedIpAlreadyInUse(address ?? "?"),
        { Code: NetworkError.InvalidIpForNetwork or NetworkError.InvalidIpForSubnet } =>
            NetworkFaults.InvalidInput($"Fixed IP {address} is not a valid ip address for network {network}."),
        { Code: NetworkError.MacAddressInUse } => NetworkFaults.PortInUse(port ?? "?"),
        { Code: NetworkError.HostNotCompatibleWithFixedIps } => NetworkFaults.FixedIpInvalidOnHost(port ?? "?"),
        _ => NovaFaults.Failed($"{doing} failed: {Text(fault)}", fault),
    };

    static string Text(CloudFault fault) => fault.RequestId is { } id ? $"{fault.Message} (request {id})" : fault.Message;
}
