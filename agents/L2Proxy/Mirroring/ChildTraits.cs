using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Mirroring;

/// <summary>What the child's Neutron can, by the aliases of its <c>/extensions</c>.</summary>
internal sealed record ChildTraits(IReadOnlySet<string> Aliases)
{
    public bool PortSecurity => Has("port-security");

    public bool AddressPairs => Has("allowed-address-pairs");

    public bool SecurityGroups => Has("security-group");

    public bool ExtraDhcpOptions => Has("extra_dhcp_opt");

    public bool Qos => Has("qos");

    /// <summary><c>dns_name</c> of ports, <c>dns_domain</c> of networks (neutron_lib/api/definitions/dns.py: ALIAS).</summary>
    public bool Dns => Has("dns-integration");

    public bool NetworkMtu => Has("net-mtu-writable");

    public bool Provider => Has("provider");

    /// <summary>
    /// Whether ports are to carry marks (<see cref="Ports.PortMark"/>). A child that looks at no filters tells what changed since a time, which costs nothing there.
    /// </summary>
    public bool Marks => Has(Extension.StandardAttrTag) && Has(Extension.FilterValidation);

    public bool Rbac => Has("rbac-policies");

    bool Has(string alias) => Aliases.Contains(alias);
}
