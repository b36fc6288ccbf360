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

    public const string DnsIntegration = "dns-integration";

    /// <summary><c>dns_domain</c> of ports.</summary>
    public const string DnsDomainPorts = "dns-domain-ports";

    public const string ExtraDhcpOpt = "extra_dhcp_opt";

    /// <summary>What no attribute map calls a filter is 400, <c>changed_since</c> too.</summary>
    public const string FilterValidation = "filter-validation";

    public const string NetworkMtuWritable = "net-mtu-writable";

    public const string PortBindings = "binding";

    public const string PortBindingsExtended = "binding-extended";

    public const string PortSecurity = "port-security";

    public const string Provider = "provider";

    public const string Qos = "qos";

    public const string RbacPolicies = "rbac-policies";

    public const string RbacAddressGroup = "rbac-address-group";

    public const string RbacSecurityGroups = "rbac-security-groups";

    /// <summary><c>If-Match: revision_number=N</c> is obeyed.</summary>
    public const string RevisionIfMatch = "revision-if-match";

    /// <summary><c>revision_number</c> is shown.</summary>
    public const string Revisions = "standard-attr-revisions";

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
