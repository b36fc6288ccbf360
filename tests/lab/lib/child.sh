# What a child has besides the APIs: a host for guests (a native host of the parent is the same), routers and volumes.
# shellcheck shell=bash

switch_start() {
  local root
  root=$(cloud_root "$1")
  mkdir -p "$root/run/openvswitch" "$root/var/lib/openvswitch"
  # not by way of /etc/openvswitch: links in there are absolute, and seen from here they lead out of the cloud
  if [ ! -e "$root/var/lib/openvswitch/conf.db" ]; then
    in_cloud "$1" ovsdb-tool create /var/lib/openvswitch/conf.db /usr/share/openvswitch/vswitch.ovsschema
  fi
  svc_start "$1" ovsdb ovsdb-server /var/lib/openvswitch/conf.db --remote=punix:/run/openvswitch/db.sock --remote=ptcp:6640:127.0.0.1
  svc_wait "$1" ovsdb 6640 120
  in_cloud "$1" ovs-vsctl --no-wait init
  svc_start "$1" vswitchd ovs-vswitchd unix:/run/openvswitch/db.sock
  in_cloud "$1" ovs-vsctl --may-exist add-br br-ex -- set bridge br-ex datapath_type=netdev
  # the outside world of the child's tenants begins at the other end of this cable
  in_cloud "$1" ovs-vsctl --may-exist add-port br-ex ext0
  in_cloud "$1" ip link set br-ex up
}

hypervisor_start() {
  mkdir -p "$(cloud_root "$1")/run/libvirt"
  svc_start "$1" libvirtd libvirtd
  wait_for 120 "libvirt of $1" test -S "$(cloud_root "$1")/run/libvirt/libvirt-sock" || { svc_show_log "$1" libvirtd; return 1; }
}

neutron_agent() { svc_start "$1" "$2" "$3" --config-file /etc/neutron/neutron.conf --config-file /etc/neutron/agents.ini "${@:4}"; }

host_start() {
  svc_start "$1" nova-compute nova-compute --config-file /etc/nova/compute.conf
  neutron_agent "$1" ovs-agent neutron-openvswitch-agent
  neutron_agent "$1" dhcp-agent neutron-dhcp-agent
  neutron_agent "$1" l3-agent neutron-l3-agent --config-file /etc/neutron/l3.ini
}

agents_start() {
  host_start "$1"
  svc_start "$1" cinder-volume cinder-volume
  svc_start "$1" cinder-backup cinder-backup
}

# child_ready CLOUD: its compute host is mapped, its agents and its volume service report
child_ready() {
  [ "$(sql "$1" -N <<'SQL'
select (select count(*) from nova_api.host_mappings) >= 1
   and (select count(*) from nova.services where `binary` = 'nova-compute' and updated_at > utc_timestamp() - interval 60 second) >= 1
   and (select count(*) from neutron.agents where heartbeat_timestamp > utc_timestamp() - interval 70 second) >= 3
   and (select count(*) from cinder.services where `binary` = 'cinder-volume' and updated_at > utc_timestamp() - interval 60 second) >= 1
   and (select count(*) from cinder.services where `binary` = 'cinder-backup' and updated_at > utc_timestamp() - interval 60 second) >= 1
SQL
  )" = 1 ]
}

child_wait() {
  local s
  wait_for 400 "$1 to be ready for guests" child_ready "$1" && return
  for s in nova-compute ovs-agent l3-agent dhcp-agent cinder-volume cinder-backup; do svc_alive "$1" "$s" || svc_show_log "$1" "$s"; done
  svc_show_log "$1" nova-compute
  return 1
}
