namespace Cascade.Support;

/// <summary>The collections and their attributes.</summary>
public sealed partial class FakeNeutron
{
    private static FakeCollection[] Tables() =>
    [
        new("networks", "network", "networks", null,
        [
            new("name", "pu", "\"\""), new("description", "pu", "\"\""), new("admin_state_up", "pu", "true"), new("status", "", "\"ACTIVE\""),
            new("subnets", ""), new("shared", "pua", "false"), new("mtu", "pu", "0", "net-mtu"), new("port_security_enabled", "pu", "true", "port-security"),
            new("provider:network_type", "pav", null, "provider"), new("provider:physical_network", "pav", null, "provider"),
            new("provider:segmentation_id", "puav", null, "provider"), new("router:external", "pua", "false"), new("qos_policy_id", "pu", null, "qos"),
            new("dns_domain", "pu", "\"\"", "dns-integration"), new("availability_zone_hints", "p", "[]"), new("availability_zones", "", "[]"),
            new("ipv4_address_scope", ""), new("ipv6_address_scope", ""), new("tags", "", "[]"), new("is_default", "pua"), new("vlan_transparent", "p", null, "vlan-transparent"),
        ]) { Quota = "network" },
        new("subnets", "subnet", "subnets", null,
        [
            new("name", "pu", "\"\""), new("description", "pu", "\"\""), new("network_id", "rp"), new("ip_version", "rp"), new("cidr", "p"),
            new("gateway_ip", "pu"), new("enable_dhcp", "pu", "true"), new("allocation_pools", "pu"), new("dns_nameservers", "pu", "[]"),
            new("host_routes", "pu", "[]"), new("ipv6_ra_mode", "p"), new("ipv6_address_mode", "p"), new("subnetpool_id", "p"), new("segment_id", "pua"),
            new("service_types", "pua", "[]"), new("dns_publish_fixed_ip", "pu", "false", "subnet-dns-publish-fixed-ip"), new("tags", "", "[]"),
        ]) { Quota = "subnet" },
        new("ports", "port", "ports", null,
        [
            new("name", "pu", "\"\""), new("description", "pu", "\"\""), new("network_id", "rp"), new("mac_address", "pu"), new("fixed_ips", "pu"),
            new("admin_state_up", "pu", "true"), new("status", "", "\"DOWN\""), new("device_id", "pu", "\"\""), new("device_owner", "pu", "\"\""),
            new("security_groups", "pu"), new("port_security_enabled", "pu", null, "port-security"), new("allowed_address_pairs", "pu", "[]", "allowed-address-pairs"),
            new("extra_dhcp_opts", "pu", "[]", "extra_dhcp_opt"), new("dns_name", "pu", "\"\"", "dns-integration"), new("dns_assignment", "", null, "dns-integration"),
            new("dns_domain", "pu", "\"\"", "dns-domain-ports"), new("qos_policy_id", "pu", null, "qos"), new("qos_network_policy_id", "", null, "qos"),
            new("propagate_uplink_status", "p", "false", "uplink-status-propagation"), new("binding:vnic_type", "pu", "\"normal\"", "binding"),
            new("binding:host_id", "puav", "\"\"", "binding"), new("binding:vif_type", "v", "\"unbound\"", "binding"), new("binding:vif_details", "v", "{}", "binding"),
            new("binding:profile", "puav", "{}", "binding"), new("ip_allocation", "", "\"immediate\"", "ip_allocation"), new("resource_request", "v"),
            new("numa_affinity_policy", "pua", null, "port-numa-affinity-policy"), new("trunk_details", "", null, "trunk-details"), new("tags", "", "[]"),
        ]) { Quota = "port" },
        new("security_groups", "security_group", "security-groups", "security-group",
        [
            new("name", "rpu"), new("description", "pu", "\"\""), new("stateful", "pu", "true", "stateful-security-group"), new("security_group_rules", ""),
            new("shared", ""), new("tags", "", "[]"),
        ]) { Quota = "security_group", Missing = ("SecurityGroupNotFound", "Security group {0} does not exist") },
        new("security_group_rules", "security_group_rule", "security-group-rules", "security-group",
        [
            new("security_group_id", "rp"), new("direction", "rp"), new("ethertype", "p", "\"IPv4\""), new("protocol", "p"), new("port_range_min", "p"),
            new("port_range_max", "p"), new("remote_ip_prefix", "p"), new("remote_group_id", "p"),
            new("remote_address_group_id", "p", null, "security-groups-remote-address-group"), new("normalized_cidr", "", null, "security-groups-normalized-cidr"),
            new("description", "p", "\"\""),
        ]) { Quota = "security_group_rule", Missing = ("SecurityGroupRuleNotFound", "Security group rule {0} does not exist") },
        new("address_groups", "address_group", "address-groups", "address-group",
        [
            new("name", "pu", "\"\""), new("description", "pu", "\"\""), new("addresses", "p", "[]"), new("shared", ""),
        ]) { Missing = ("AddressGroupNotFound", "Address group {0} could not be found.") },
        new("rbac_policies", "rbac_policy", "rbac-policies", "rbac-policies",
        [
            new("object_type", "rp"), new("object_id", "rp"), new("action", "rp"), new("target_tenant", "rpu"),
        ]) { Quota = "rbac_policy", Missing = ("RbacPolicyNotFound", "RBAC policy of type unknown with ID {0} not found") },
        new("policies", "policy", "qos/policies", "qos",
        [
            new("name", "rpua"), new("description", "pua", "\"\""), new("shared", "pua", "false"), new("is_default", "pua", "false"), new("rules", ""), new("tags", "", "[]"),
        ]) { Missing = ("QosPolicyNotFound", "QoS policy {0} could not be found.") },
        new("trunks", "trunk", "trunks", "trunk",
        [
            new("name", "pu", "\"\""), new("description", "pu", "\"\""), new("port_id", "rp"), new("status", "", "\"DOWN\""), new("admin_state_up", "pu", "true"),
            new("sub_ports", "p", "[]"), new("tags", "", "[]"),
        ]) { Quota = "trunk" },
        new("routers", "router", "routers", "router",
        [
            new("name", "pu", "\"\""), new("description", "pu", "\"\""), new("admin_state_up", "pu", "true"), new("status", ""), new("external_gateway_info", "pu"),
            new("routes", "u", "[]", "extraroute"), new("distributed", "puav", "false", "dvr"), new("ha", "puav", "false", "l3-ha"),
            new("conntrack_helpers", "", null, "expose-l3-conntrack-helper"), new("enable_ndp_proxy", "pu", null, "l3-ext-ndp-proxy"),
            new("availability_zone_hints", "p", "[]", "router_availability_zone"), new("availability_zones", "", null, "router_availability_zone"),
            new("flavor_id", "p", null, "l3-flavors"), new("tags", "", "[]"),
        ]) { Quota = "router", Missing = ("RouterNotFound", "Router {0} could not be found") },
        new("floatingips", "floatingip", "floatingips", "router",
        [
            new("floating_network_id", "rp"), new("floating_ip_address", "pa"), new("subnet_id", "p"), new("router_id", ""), new("port_id", "pu"), new("fixed_ip_address", "pu"),
            new("status", ""), new("description", "pu", "\"\""), new("qos_policy_id", "pu", null, "qos-fip"), new("port_details", "", null, "fip-port-details"),
            new("port_forwardings", "", null, "expose-port-forwarding-in-fip"), new("tags", "", "[]"),
        ]) { Quota = "floatingip", Missing = ("FloatingIPNotFound", "Floating IP {0} could not be found") },
        new("ndp_proxies", "ndp_proxy", "ndp_proxies", "l3-ndp-proxy",
        [
            new("name", "pu", "\"\""), new("description", "pu", "\"\""), new("router_id", "rp"), new("port_id", "rp"), new("ip_address", "p"),
        ]) { Missing = ("NDPProxyNotFound", "Ndp proxy {0} could not be found.") },
        new("agents", "agent", "agents", "agent",
        [
            new("agent_type", ""), new("binary", ""), new("host", ""), new("topic", ""), new("alive", ""), new("admin_state_up", "ua"), new("availability_zone", ""),
            new("configurations", ""), new("description", "ua"),
        ]),
    ];
}
