# A cloud's own mount, PID, UTS, IPC and network namespace, kept by one process: kill it and everything in the cloud is gone.
# shellcheck shell=bash

cloud_dir() { echo "$LAB_CLOUDS/$1"; }
holder_pid() { cat "$(cloud_dir "$1")/holder.pid" 2>/dev/null; }
cloud_alive() { local p; p=$(holder_pid "$1") && [ -n "$p" ] && [ -e "/proc/$p/root/etc/lab-cloud" ]; }
cloud_root() { echo "/proc/$(holder_pid "$1")/root"; }  # its file system, seen from outside

# cloud_enter CLOUD LOWER HOSTNAME: mounts LOWER (overlay layers, read-only) under the cloud's own layer and stays in it
cloud_enter() {
  local dir
  dir=$(cloud_dir "$1")
  cloud_alive "$1" && return
  rm -f "$dir/holder.pid"
  mkdir -p "$dir"/{upper,work,root,log,run}
  in_netns "$1" setsid nohup unshare -muip --fork bash "$LAB_DIR/lib/holder" "$dir" "$2" "$3" >>"$dir/log/holder.log" 2>&1 </dev/null &
  wait_for 90 "the namespaces of $1" cloud_alive "$1" || { tail "$dir/log/holder.log" >&2; return 1; }
}

# in_cloud CLOUD CMD...: in its root and all its namespaces
in_cloud() {
  local p
  p=$(holder_pid "$1")
  shift
  nsenter -t "$p" -m -u -i -p --net="${CLOUD_NETNS:+/run/netns/}${CLOUD_NETNS:-/proc/$p/ns/net}" --wdns="${CLOUD_WD:-/}" \
    env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 TERM="${TERM:-dumb}" PYTHONWARNINGS=ignore "$@"
}

cloud_kill() {
  local p
  p=$(holder_pid "$1") || return 0
  if cloud_alive "$1"; then
    kill -KILL "$p"
    # the kernel ends every process of the PID namespace, then the mounts go
    wait_for 90 "the end of $1" test ! -e "/proc/$p"
  fi
  rm -f "$(cloud_dir "$1")/holder.pid"
}
