# A child is up when it has switched once: what is asked of it afterwards does not wait for its agents to start their helpers.
# shellcheck shell=bash

# warm_ensure CLOUD
warm_ensure() {
  local mark s
  mark=$(cloud_dir "$1")/warm
  [ ! -e "$mark" ] || return 0
  if in_cloud parent env OS_CLIENT_CONFIG_FILE=/etc/openstack/clouds.yaml python3 - "$1-admin" <"$LAB_DIR/lib/warm.py" >>"$(svc_log "$1" warm)" 2>&1; then
    : >"$mark"
    return
  fi
  for s in dhcp-agent l3-agent ovs-agent warm; do svc_show_log "$1" "$s"; done
  return 1
}
