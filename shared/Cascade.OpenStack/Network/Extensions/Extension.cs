namespace Cascade.OpenStack.Network;

/// <summary>One of the things that this Neutron can do beside the core.</summary>
public sealed record Extension
{
    public required string Alias { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public const string AddressGroup = "address-group";

    public const string Agents = "agent";

    public const string AllowedAddressPairs = "allowed-address-pairs";

    public const string ConntrackHelper = "l3-conntrack-helper";

    public const string DnsIntegration = "dns-integration";

    /// <summary><c>dns_domain</c> of ports.</summary>
    public const string DnsDomainPorts = "dns-domain-ports";

    /// <summary><c>distributed</c> of routers.</summary>
    public const string Dvr = "dvr";

    public const string ExtraDhcpOpt = "extra_dhcp_opt";

    /// <summary><c>routes</c> of routers.</summary>
    public const string ExtraRoute = "extraroute";

    /// <summary>What no attribute map calls a filter is 400, <c>changed_since</c> too.</summary>
    public const string FilterValidation = "filter-validation";

    /// <summary><c>enable_snat</c>.</summary>
    public const string GatewayMode = "ext-gw-mode";

    /// <summary><c>ha</c> of routers.</summary>
    public const string L3Ha = "l3-ha";

    public const string NdpProxy = "l3-ndp-proxy";

    public const string NetworkMtuWritable = "net-mtu-writable";

    public const string PortBindings = "binding";

    public const string PortBindingsExtended = "binding-extended";

    public const string PortForwarding = "floating-ip-port-forwarding";

    /// <summary>Ranges of ports.</summary>
    public const string PortForwardingRanges = "floating-ip-port-forwarding-port-ranges";

    public const string PortSecurity = "port-security";

    public const string Provider = "provider";

    public const string Qos = "qos";

    /// <summary><c>qos_policy_id</c> of floating IPs.</summary>
    public const string QosFip = "qos-fip";

    /// <summary><c>qos_policy_id</c> of gateways.</summary>
    public const string QosGatewayIp = "qos-gateway-ip";

    public const string RbacPolicies = "rbac-policies";

    public const string RbacAddressGroup = "rbac-address-group";

    public const string RbacSecurityGroups = "rbac-security-groups";

    /// <summary><c>If-Match: revision_number=N</c> is obeyed.</summary>
    public const string RevisionIfMatch = "revision-if-match";

    /// <summary><c>revision_number</c> is shown.</summary>
    public const string Revisions = "standard-attr-revisions";

    /// <summary>Routers and floating IPs.</summary>
    public const string Router = "router";

    public const string SecurityGroup = "security-group";

    public const string SecurityGroupsRemoteAddressGroup = "security-groups-remote-address-group";

    public const string StandardAttrDescription = "standard-attr-description";

    public const string StandardAttrTag = "standard-attr-tag";

    public const string StatefulSecurityGroup = "stateful-security-group";

    /// <summary><c>created_at</c>, <c>updated_at</c> and <c>changed_since</c>.</summary>
    public const string Timestamps = "standard-attr-timestamp";

    public const string Trunk = "trunk";

    public const string UplinkStatusPropagation = "uplink-status-propagation";
}
