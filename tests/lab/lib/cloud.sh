# A cloud: its record (role, release, address), its root, and how long it takes to come and go.
# shellcheck shell=bash disable=SC2034

cloud_names() { local d; for d in "$LAB_CLOUDS"/*/; do [ -e "$d/record" ] && basename "$d"; done; return 0; }
# all that are not the parent: they go before it
others() { local c; for c in $(cloud_names); do [ "$c" = parent ] || echo "$c"; done; }

# those with a region and APIs of their own: a native host has the parent's
api_clouds() { local c; for c in $(cloud_names); do grep -qsx ROLE=native "$(cloud_dir "$c")/record" || echo "$c"; done; }

# in_use RELEASE: some cloud of this or another lab of the same home stands on that root
in_use() {
  local record process
  for record in "$LAB_HOME"/cloud/*/record "$LAB_HOME"/lab-*/cloud/*/record; do
    process=/proc/$(cat "${record%record}holder.pid" 2>/dev/null || true)
    if grep -qsx "RELEASE=$1" "$record" && [ -e "$process/root/etc/lab-cloud" ]; then return 0; fi
  done
  return 1
}

# cloud_load CLOUD: sets ROLE RELEASE ADDRESS HOST REGION
cloud_load() {
  local record
  record=$(cloud_dir "$1")/record
  [ -f "$record" ] || die "there is no cloud '$1' (see: status)"
  # shellcheck disable=SC1090
  . "$record"
}

# cloud_record CLOUD ROLE RELEASE: the first time; afterwards the release must be the same
cloud_record() {
  local dir n=10 had
  dir=$(cloud_dir "$1")
  if [ -f "$dir/record" ]; then
    had=$(sed -n 's/^RELEASE=//p' "$dir/record")
    [ "$had" = "$3" ] || die "$1 runs $had; take it down first: down $1"
    return
  fi
  if [ "$2" != parent ]; then
    n=11
    while grep -qsx "ADDRESS=$UNDERLAY.$n" "$LAB_CLOUDS"/*/record; do n=$((n + 1)); done
  fi
  mkdir -p "$dir"
  local region=$1 host=$1-node1
  if [ "$2" != child ]; then region=RegionOne; fi
  if [ "$2" = native ]; then host=$1; fi
  printf '%s=%s\n' ROLE "$2" RELEASE "$3" ADDRESS "$UNDERLAY.$n" HOST "$host" REGION "$region" >"$dir/record"
}

# cloud_mount CLOUD: namespaces, root and configuration
cloud_mount() {
  local root
  cloud_load "$1"
  net_up "$1" "$ADDRESS"
  cloud_enter "$1" "$(seed_path "$RELEASE"):$(root_path "$RELEASE")" "$HOST"
  root=$(cloud_root "$1")
  tls_give "$1"
  conf_nova "$root"
  conf_neutron "$root"
  if [ "$ROLE" = parent ]; then
    conf_keystone "$root"
  else
    conf_nova_compute "$root"
    conf_neutron_agents "$root"
    conf_libvirt "$root"
  fi
  if [ "$ROLE" != native ]; then
    conf_placement "$root"
    conf_glance "$root"
    conf_cinder "$root"
  fi
}

cloud_down() {
  say "taking down $1"
  cloud_kill "$1"
  net_down "$1"
  # its logs stay until the next time
  rm -rf --one-file-system "$LAB_STATE/log-of-last/$1"
  mkdir -p "$LAB_STATE/log-of-last"
  if [ -d "$(cloud_dir "$1")/log" ]; then mv "$(cloud_dir "$1")/log" "$LAB_STATE/log-of-last/$1"; fi
  rm -rf --one-file-system "$(cloud_dir "$1")"
}
