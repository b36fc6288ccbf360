# The external network "public": one segment, the same in every cloud. What the parent gives away no child does.
# shellcheck shell=bash

# external_ensure CLOUD
external_ensure() {
  local first=2 last=199
  cloud_load "$1"
  if [ "$ROLE" = child ]; then
    # the first child's address is .11
    first=$((200 + (${ADDRESS##*.} - 11) * 10)) last=$((first + 9))
    [ "$last" -lt 255 ] || die "$1 is one child too many for the external network"
  fi
  in_cloud parent env OS_CLIENT_CONFIG_FILE=/etc/openstack/clouds.yaml python3 - "$1-admin" "$OUTSIDE" "$first" "$last" <"$LAB_DIR/lib/external.py" \
    >>"$(svc_log "$1" external)" 2>&1 || { svc_show_log "$1" external; return 1; }
}

# outside CMD...: with the programs of the parent's root, on the segment
outside() { CLOUD_NETNS=$(netns_of outside) in_cloud parent "$@"; }
