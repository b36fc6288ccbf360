# Processes of a cloud: started in its namespaces, one log and one pid file each.
# shellcheck shell=bash

svc_log() { echo "$(cloud_dir "$1")/log/$2.log"; }
svc_pid() { cat "$(cloud_dir "$1")/run/$2.pid" 2>/dev/null; }  # as numbered inside the cloud
svc_alive() { local p; p=$(svc_pid "$1" "$2") && [ -n "$p" ] && [ -d "$(cloud_root "$1")/proc/$p" ]; }

# svc_start CLOUD NAME CMD...
svc_start() {
  local cloud=$1 name=$2
  shift 2
  svc_alive "$cloud" "$name" && return
  in_cloud "$cloud" sh -c 'setsid "$@" >&3 2>&3 3>&- & echo $!' sh "$@" \
    </dev/null 3>>"$(svc_log "$cloud" "$name")" >"$(cloud_dir "$cloud")/run/$name.pid"
}

# svc_stop CLOUD NAME [SECONDS]
svc_stop() {
  local p
  svc_alive "$1" "$2" || return 0
  p=$(svc_pid "$1" "$2")
  in_cloud "$1" kill -TERM "$p"
  wait_for "${3:-10}" "the end of $2" test ! -d "$(cloud_root "$1")/proc/$p" || in_cloud "$1" kill -KILL -- "-$p" || true
  rm -f "$(cloud_dir "$1")/run/$2.pid"
}

svc_names() { local f; for f in "$(cloud_dir "$1")"/run/*.pid; do [ -e "$f" ] && basename "$f" .pid; done; }

svc_show_log() { say "the end of $(svc_log "$1" "$2"):"; tail -n 25 "$(svc_log "$1" "$2")" >&2; }

# port_open CLOUD PORT: somebody listens there, by the cloud's own socket table
port_open() {
  local hex
  printf -v hex '%04X' "$2"
  { cat "/proc/$(holder_pid "$1")/net/tcp" "/proc/$(holder_pid "$1")/net/tcp6" 2>/dev/null || true; } |
    awk -v p=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == p { found = 1 } END { exit !found }'
}

# svc_wait CLOUD NAME PORT SECONDS: until it listens; its log when it does not, or when it died
svc_wait() {
  local cloud=$1 name=$2 port=$3 limit=$((SECONDS + $4))
  until port_open "$cloud" "$port"; do
    svc_alive "$cloud" "$name" || { say "$cloud: $name died"; svc_show_log "$cloud" "$name"; return 1; }
    [ "$SECONDS" -lt "$limit" ] || { say "$cloud: $name does not listen on $port"; svc_show_log "$cloud" "$name"; return 1; }
    sleep 0.3
  done
}
