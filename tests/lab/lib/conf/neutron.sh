# Neutron's server (with ML2 in the same file) and its agents.
# shellcheck shell=bash disable=SC2153

conf_neutron() {
  write_secret "$1/etc/neutron/neutron.conf" <<CFG
[DEFAULT]
host = $HOST
bind_host = 0.0.0.0
core_plugin = ml2
service_plugins = router,port_forwarding,conntrack_helper
# a child is an availability zone: a tenant says where a router has to be
router_scheduler_driver = neutron.scheduler.l3_agent_scheduler.AZLeastRoutersScheduler
auth_strategy = keystone
api_paste_config = /etc/neutron/api-paste.ini
api_workers = 1
rpc_workers = 1
rpc_state_report_workers = 0
$(conf_patience)
dhcp_agents_per_network = 1
notify_nova_on_port_status_changes = true
notify_nova_on_port_data_changes = true
$(conf_common neutron)
[nova]
endpoint_type = internal
$(conf_auth nova | grep -v valid_interfaces)
[placement]
endpoint_type = internal
$(conf_auth placement | grep -v valid_interfaces)
[agent]
# not sudo: it drops the environment of Open vSwitch, ports then stay without flows
root_helper = env
[ml2]
type_drivers = flat,vlan,vxlan
tenant_network_types = vxlan
mechanism_drivers = openvswitch,l2population
extension_drivers = port_security
[ml2_type_flat]
flat_networks = *
[ml2_type_vlan]
network_vlan_ranges = physext:100:299
[ml2_type_vxlan]
vni_ranges = 1:20000
[securitygroup]
enable_security_group = true
[quotas]
quota_network = -1
quota_subnet = -1
quota_port = -1
quota_router = -1
quota_floatingip = -1
quota_security_group = -1
quota_security_group_rule = -1
$(conf_authtoken neutron)
CFG
  mkdir -p "$1/var/lib/neutron/lock"
}

# Under load an agent of a child is late with its report. A port that is bound meanwhile fails for good, though the agent is there (a network then has no DHCP),
# and a network that is made meanwhile is nobody's. In the parent the time is the stock one: there it says what our agents are.
conf_patience() {
  if [ "${ROLE:-}" = child ]; then echo "agent_down_time = 600"; fi
}

conf_neutron_agents() {
  cat >"$1/etc/neutron/agents.ini" <<CFG
[DEFAULT]
interface_driver = openvswitch
ovs_use_veth = false
enable_metadata_proxy = false
enable_isolated_metadata = false
[ovs]
datapath_type = netdev
bridge_mappings = physext:br-ex
local_ip = $ADDRESS
[agent]
tunnel_types = vxlan
l2_population = true
arp_responder = true
[securitygroup]
firewall_driver = openvswitch
CFG
  # a file of its own: the other agents would look for these among theirs
  cat >"$1/etc/neutron/l3.ini" <<CFG
[agent]
extensions = port_forwarding,conntrack_helper
availability_zone = $([ "$ROLE" = native ] && echo "$HOST" || echo nova)
CFG
}
