# A native host of the parent: the stock nova-compute and Neutron agents in whose place our agents stand.
# shellcheck shell=bash

NATIVE=native  # its cloud directory, its host name and its availability zone

# native_ready: mapped to the cell, and every agent of it reports to the parent
native_ready() {
  [ "$(sql parent -N <<SQL
select (select count(*) from nova_api.host_mappings where host = '$NATIVE') = 1
   and (select count(*) from nova.services where host = '$NATIVE' and \`binary\` = 'nova-compute' and updated_at > utc_timestamp() - interval 60 second) = 1
   and (select count(*) from neutron.agents where host = '$NATIVE' and heartbeat_timestamp > utc_timestamp() - interval 70 second) = 3
SQL
  )" = 1 ]
}

native_wait() {
  local s
  wait_for 400 "$NATIVE to be ready for guests" native_ready && return
  for s in nova-compute ovs-agent dhcp-agent l3-agent; do svc_show_log "$NATIVE" "$s"; done
  return 1
}
