# A slow link.  Many kernels have no netem: a process passes the frames between the cloud's port and the bridge, late.
# shellcheck shell=bash

slow_set() {  # slow_set CLOUD MS
  local cloud=$1 ms=$2 c
  svc_stop "$cloud" delay
  in_netns underlay ip link delete "s-$cloud" 2>/dev/null || true
  if [ "$ms" = 0 ]; then
    in_netns underlay ip link set "$(port_of "$cloud")" master br0
    return
  fi
  # a frame that waits for its checksum to be filled in by hardware would leave without one
  for c in $(cloud_names); do in_cloud "$c" python3 - eth0 <"$LAB_DIR/lib/plain_frames.py"; done
  in_netns underlay ip link add "s-$cloud" type veth peer name "t-$cloud"
  in_netns underlay ip link set "$(port_of "$cloud")" nomaster
  in_netns underlay ip link set "t-$cloud" master br0 up
  in_netns underlay ip link set "s-$cloud" up
  cp "$LAB_DIR/lib/delay.py" "$(cloud_root "$cloud")/usr/local/lib/lab-delay.py"
  CLOUD_NETNS=$(netns_of underlay) svc_start "$cloud" delay python3 /usr/local/lib/lab-delay.py "$(port_of "$cloud")" "s-$cloud" "$ms"
}
