# Sourced by every command of the lab: where things are, how to say something, how to wait.
# shellcheck shell=bash disable=SC2034  # the variables are for those who source this file
LAB_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LAB_HOME=${CASCADE_LAB_HOME:-/var/lib/cascade-lab}
LAB_NAME=${CASCADE_LAB_NAME:-cascade}  # a second lab beside the first: another name, the same home
LAB_STATE=$LAB_HOME
if [ "$LAB_NAME" != cascade ]; then LAB_STATE=$LAB_HOME/lab-$LAB_NAME; fi
LAB_ROOTS=$LAB_HOME/root       # one read-only root file system per release
LAB_CACHE=$LAB_HOME/cache      # initialised clouds, the guest image: survives `down`
LAB_CLOUDS=$LAB_STATE/cloud    # one directory per cloud
LAB_LOG=$LAB_HOME/log          # what belongs to no cloud: root builds, the guest image
UNDERLAY=10.77.0
OUTSIDE=203.0.113           # the external network of all clouds: .1 is the outside, .2 to .199 the parent gives away, every child has ten of its own after that
KEYSTONE=http://$UNDERLAY.10:5000/v3
export LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

say() { printf '[%4ds] %s\n' "$SECONDS" "$*" >&2; }
die() { say "FAILED: $*"; exit 1; }

need_root() { [ "$(id -u)" = 0 ] || die "the lab makes namespaces and mounts: run it as root"; }

# wait_for SECONDS WHAT CMD...: until CMD succeeds
wait_for() {
  local limit=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$limit" ] || { say "gave up waiting for $what"; return 1; }
    sleep 0.3
  done
}

# run_logged LOG CMD...: quiet when it works, the end of its log when it does not
run_logged() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >>"$log" 2>&1 || { say "failed: ${1##*/}; the end of $log:"; tail -n 25 "$log" >&2; return 1; }
}

# wait_all PID...: every one of them has to succeed
wait_all() {
  local p bad=0
  for p; do wait "$p" || bad=1; done
  return "$bad"
}
