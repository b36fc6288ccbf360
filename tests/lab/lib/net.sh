# One bridge in a namespace of its own and a veth from it into every cloud; the root namespace gets nothing.
# shellcheck shell=bash

netns_of() { echo "$LAB_NAME-$1"; }
netns_exists() { [ -e "/run/netns/$(netns_of "$1")" ]; }
in_netns() { local ns; ns=$(netns_of "$1"); shift; nsenter --net="/run/netns/$ns" "$@"; }
port_of() { echo "u-$1"; }  # the bridge's end of the veth of a cloud

underlay_up() {
  netns_exists underlay && return
  ip netns add "$(netns_of underlay)"
  in_netns underlay ip link set lo up
  in_netns underlay ip link add br0 type bridge
  in_netns underlay ip link set br0 up
}

# net_up CLOUD ADDRESS
net_up() {
  netns_exists "$1" && return
  ip netns add "$(netns_of "$1")"
  in_netns "$1" ip link set lo up
  ip link add name eth0 netns "$(netns_of "$1")" type veth peer name "$(port_of "$1")" netns "$(netns_of underlay)"
  in_netns underlay ip link set "$(port_of "$1")" master br0 up
  in_netns "$1" ip address add "$2/24" dev eth0
  in_netns "$1" ip link set eth0 up
  in_netns "$1" sysctl -qw net.ipv4.ip_forward=1
}

net_down() {
  if netns_exists "$1"; then ip netns delete "$(netns_of "$1")"; fi
  if netns_exists underlay; then in_netns underlay ip link delete "s-$1" 2>/dev/null || true; fi  # of a slow link
}

# link_set CLOUD up|down: as if somebody pulled the cable at the switch
link_set() { in_netns underlay ip link set "$(port_of "$1")" "$2"; }
link_state() { in_netns underlay ip -o link show "$(port_of "$1")" 2>/dev/null | grep -q ',UP' && echo linked || echo CUT; }
