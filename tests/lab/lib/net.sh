# One bridge in a namespace of its own and a veth from it into every cloud; another one, "outside", for what the clouds' external networks lead to. The root
# namespace gets nothing.
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

# outside_up: the segment beyond every child's br-ex, and the gateway of the external network
outside_up() {
  netns_exists outside && return
  ip netns add "$(netns_of outside)"
  in_netns outside ip link set lo up
  in_netns outside ip link add br0 type bridge
  in_netns outside ip address add "$OUTSIDE.1/24" dev br0
  in_netns outside ip link set br0 up
}

# outside_plug CLOUD: its cable to the outside, which its switch takes as a port of br-ex
outside_plug() {
  ip link add name ext0 netns "$(netns_of "$1")" type veth peer name "x-$1" netns "$(netns_of outside)"
  in_netns outside ip link set "x-$1" master br0 up
  # the switch reads its end from a raw socket
  in_netns outside python3 "$LAB_DIR/lib/plain_frames.py" "x-$1"
  in_netns "$1" ip link set ext0 up
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
  if [ "$ROLE" != parent ]; then outside_plug "$1"; fi
  in_netns "$1" sysctl -qw net.ipv4.ip_forward=1
}

net_down() {
  if netns_exists "$1"; then ip netns delete "$(netns_of "$1")"; fi
  if netns_exists underlay; then in_netns underlay ip link delete "s-$1" 2>/dev/null || true; fi  # of a slow link
}

# link_set CLOUD up|down: as if somebody pulled the cable at the switch
link_set() { in_netns underlay ip link set "$(port_of "$1")" "$2"; }
link_state() { in_netns underlay ip -o link show "$(port_of "$1")" 2>/dev/null | grep -q ',UP' && echo linked || echo CUT; }
