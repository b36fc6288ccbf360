using System.Text.RegularExpressions;

namespace Cascade.OpenStack;

/// <summary>
/// Types of Neutron's refusals, as <see cref="CloudFault.Code"/> says them: the class of the exception (neutron/api/api_common.py:
/// get_exception_data). All are 409, so <see cref="FaultKind.Conflict"/>, unless something else is said. Classes stand in neutron_lib/exceptions
/// unless a file is named.
/// </summary>
public static partial class NetworkError
{
    /// <summary>400; the one for what is wrong and has no name: MTU too big, overlapping ranges, unknown physical network.</summary>
    public const string InvalidInput = "InvalidInput";

    public const string OverQuota = "OverQuota";

    /// <summary>412: <c>If-Match</c> does not hold (neutron/services/revisions/revision_plugin.py).</summary>
    public const string RevisionMismatch = "RevisionNumberConstraintFailed";

    public const string TunnelIdInUse = "TunnelIdInUse";

    public const string VlanIdInUse = "VlanIdInUse";

    public const string FlatNetworkInUse = "FlatNetworkInUse";

    /// <summary>503, yet it helps nobody to wait: the ranges for tenants are used up (NoNetworkAvailable).</summary>
    public const string NoNetworkAvailable = "NoNetworkAvailable";

    public const string NetworkInUse = "NetworkInUse";

    public const string SubnetInUse = "SubnetInUse";

    public const string OverlappingAllocationPools = "OverlappingAllocationPools";

    public const string GatewayConflictWithAllocationPools = "GatewayConflictWithAllocationPools";

    public const string GatewayIpInUse = "GatewayIpInUse";

    public const string MacAddressInUse = "MacAddressInUse";

    public const string IpAddressInUse = "IpAddressInUse";

    /// <summary>As <see cref="IpAddressInUse"/>, from the driver below (neutron/ipam/exceptions.py); some paths let it through.</summary>
    public const string IpAddressAlreadyAllocated = "IpAddressAlreadyAllocated";

    /// <summary>The pools hold no free address.</summary>
    public const string IpAddressGenerationFailure = "IpAddressGenerationFailure";

    /// <summary>400: outside every subnet of the network.</summary>
    public const string InvalidIpForNetwork = "InvalidIpForNetwork";

    /// <summary>400: outside the subnet that was named.</summary>
    public const string InvalidIpForSubnet = "InvalidIpForSubnet";

    /// <summary>The addresses of the port are of another segment than its host's (neutron/services/segments/exceptions.py).</summary>
    public const string HostNotCompatibleWithFixedIps = "HostNotCompatibleWithFixedIps";

    public const string PortInUse = "PortInUse";

    /// <summary>The MAC of a bound port cannot be changed.</summary>
    public const string PortBound = "PortBound";

    /// <summary>A router or the like owns it.</summary>
    public const string ServicePortInUse = "ServicePortInUse";

    public const string PortBindingAlreadyExists = "PortBindingAlreadyExists";

    public const string PortBindingAlreadyActive = "PortBindingAlreadyActive";

    public const string PortSecurityPortHasSecurityGroup = "PortSecurityPortHasSecurityGroup";

    public const string AddressPairAndPortSecurityRequired = "AddressPairAndPortSecurityRequired";

    public const string SecurityGroupInUse = "SecurityGroupInUse";

    public const string SecurityGroupCannotRemoveDefault = "SecurityGroupCannotRemoveDefault";

    public const string SecurityGroupCannotUpdateDefault = "SecurityGroupCannotUpdateDefault";

    public const string SecurityGroupDefaultAlreadyExists = "SecurityGroupDefaultAlreadyExists";

    /// <summary>See <see cref="ExistingRule"/> (neutron/extensions/securitygroup.py).</summary>
    public const string SecurityGroupRuleExists = "SecurityGroupRuleExists";

    public const string DuplicateSecurityGroupRuleInPost = "DuplicateSecurityGroupRuleInPost";

    public const string AddressGroupInUse = "AddressGroupInUse";

    /// <summary>400.</summary>
    public const string AddressesAlreadyExist = "AddressesAlreadyExist";

    /// <summary>404.</summary>
    public const string AddressesNotFound = "AddressesNotFound";

    public const string DuplicateRbacPolicy = "DuplicateRbacPolicy";

    public const string RbacPolicyInUse = "RbacPolicyInUse";

    public const string QosPolicyInUse = "QosPolicyInUse";

    public const string QosRuleNotSupported = "QosRuleNotSupported";

    public const string QosRulesConflict = "QoSRulesConflict";

    public const string QosRuleParameterConflict = "QoSRuleParameterConflict";

    public const string TrunkPortInUse = "TrunkPortInUse";

    public const string DuplicateSubPort = "DuplicateSubPort";

    public const string ParentPortInUse = "ParentPortInUse";

    public const string PortInUseAsTrunkParent = "PortInUseAsTrunkParent";

    public const string PortInUseAsSubPort = "PortInUseAsSubPort";

    public const string TrunkInUse = "TrunkInUse";

    public const string TrunkDisabled = "TrunkDisabled";

    public const string TrunkInErrorState = "TrunkInErrorState";

    public const string SubPortMtuTooBig = "SubPortMtuGreaterThanTrunkPortMtu";

    /// <summary>400; of routers, floating IPs and port forwardings what has no name of its own. The message says of what.</summary>
    public const string BadRequest = "BadRequest";

    /// <summary>404.</summary>
    public const string RouterNotFound = "RouterNotFound";

    /// <summary>It still has interfaces.</summary>
    public const string RouterInUse = "RouterInUse";

    /// <summary>404: the router has no such port.</summary>
    public const string RouterInterfaceNotFound = "RouterInterfaceNotFound";

    public const string RouterInterfaceInUseByFloatingIp = "RouterInterfaceInUseByFloatingIP";

    public const string RouterInterfaceInUseByRoute = "RouterInterfaceInUseByRoute";

    public const string RouterInterfaceInUseByNdpProxy = "RouterInterfaceInUseByNDPProxy";

    public const string GatewayInUseByFloatingIp = "RouterExternalGatewayInUseByFloatingIp";

    public const string GatewayInUseByNdpProxy = "RouterGatewayInUseByNDPProxy";

    /// <summary>400: a next hop that is on no subnet of the router, or is its own.</summary>
    public const string InvalidRoutes = "InvalidRoutes";

    /// <summary>400: more than <c>max_routes</c>, 30 unless set.</summary>
    public const string RoutesExhausted = "RoutesExhausted";

    /// <summary>The network has gateways, so it must stay external.</summary>
    public const string ExternalNetworkInUse = "ExternalNetworkInUse";

    /// <summary>404.</summary>
    public const string FloatingIpNotFound = "FloatingIPNotFound";

    /// <summary>404: no router with a gateway on the network of the floating IP has an interface on the subnet of the port.</summary>
    public const string ExternalGatewayForFloatingIpNotFound = "ExternalGatewayForFloatingIPNotFound";

    /// <summary>The address of the port has one of that network already; of a port forwarding: the floating IP leads to a port.</summary>
    public const string FloatingIpPortAlreadyAssociated = "FloatingIPPortAlreadyAssociated";

    public const string FloatingIpInUseByPortForwarding = "FipInUseByPortForwarding";

    /// <summary>A port forwarding to a port that has a floating IP.</summary>
    public const string PortHasBindingFloatingIp = "PortHasBindingFloatingIP";

    /// <summary>400: a floating IP for a port of a distributed router that has a port forwarding.</summary>
    public const string PortHasPortForwarding = "PortHasPortForwarding";

    /// <summary>400.</summary>
    public const string ConntrackHelperNotAllowed = "ConntrackHelperNotAllowed";

    /// <summary>400.</summary>
    public const string InvalidProtocolForHelper = "InvalidProtocolForHelper";

    /// <summary>Its gateway cannot: no IPv6 address, or a network without an IPv6 address scope.</summary>
    public const string RouterGatewayNotValid = "RouterGatewayNotValid";

    public const string RouterNdpProxyNotEnabled = "RouterNDPProxyNotEnable";

    public const string PortUnreachableRouter = "PortUnreachableRouter";

    public const string AddressScopeConflict = "AddressScopeConflict";

    /// <summary>The id of the rule that a <see cref="SecurityGroupRuleExists"/> speaks of, or null when it is another fault. Its message is
    /// <c>Security group rule already exists. Rule id is %(rule_id)s.</c></summary>
    public static string? ExistingRule(CloudFault fault) =>
        fault.Code is SecurityGroupRuleExists && RuleId().Match(fault.Message) is { Success: true } found ? found.Groups["id"].Value : null;

    [GeneratedRegex("Rule id is (?<id>[0-9a-fA-F-]{36})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RuleId();
}
