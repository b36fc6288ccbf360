# The package sources of this machine, carried over to a root of another suite.
# shellcheck shell=bash

host_codename() { (. /etc/os-release && echo "$VERSION_CODENAME"); }

# apt_sources SUITE: the machine's Debian sources as one-line entries for that suite
apt_sources() {
  local from
  from=$(host_codename)
  shopt -s nullglob
  local files=(/etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources)
  shopt -u nullglob
  local f
  for f in "${files[@]}"; do
    if [ ! -f "$f" ]; then continue; fi
    case $f in
      *.sources) deb822_entries "$f" ;;
      *) sed -nE 's/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+)[[:space:]]+([^[:space:]]+)[[:space:]]+.*/\2 \3/p' "$f" ;;
    esac
  done | awk -v from="$from" -v to="$1" '
    $2 ~ "^" from "(-updates|-security)?$" { sub(from, to, $2); if (!seen[$0]++) print "deb", $1, $2, "main" }'
}

deb822_entries() {
  awk -v RS= -F'\n' '{
    uris = suites = ""; types = "deb"; on = 1
    for (i = 1; i <= NF; i++) {
      if ($i ~ /^URIs:/) { uris = $i; sub(/^URIs:[ \t]*/, "", uris) }
      if ($i ~ /^Suites:/) { suites = $i; sub(/^Suites:[ \t]*/, "", suites) }
      if ($i ~ /^Types:/) types = $i
      if ($i ~ /^Enabled:[ \t]*no/) on = 0
    }
    if (!on || types !~ /deb( |$)/) next
    n = split(uris, u, /[ \t]+/); m = split(suites, s, /[ \t]+/)
    for (i = 1; i <= n; i++) for (j = 1; j <= m; j++) print u[i], s[j]
  }' "$1"
}

# apt_into ROOT SUITE: sources, keys, proxies and name servers of the machine
apt_into() {
  local root=$1 f
  mkdir -p "$root/etc/apt/apt.conf.d"
  rm -f "$root"/etc/apt/sources.list.d/*
  apt_sources "$2" >"$root/etc/apt/sources.list"
  for f in /etc/apt/apt.conf /etc/apt/auth.conf /etc/apt/auth.conf.d /etc/apt/keyrings /etc/apt/trusted.gpg /etc/apt/trusted.gpg.d; do
    if [ -e "$f" ]; then cp -aT "$f" "$root$f"; fi
  done
  # hooks of desktop packages do not belong in there
  for f in /etc/apt/apt.conf.d/*; do
    case ${f##*/} in *packagekit | *appstream | *debconf | docker-*) ;; *) cp -a "$f" "$root/etc/apt/apt.conf.d/" ;; esac
  done
  echo 'APT::Install-Recommends "false";' >"$root/etc/apt/apt.conf.d/90lab"
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    mkdir -p "$root/etc/ssl/certs"
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/lab-host.crt"
    echo 'Acquire::https::CAInfo "/etc/ssl/certs/lab-host.crt";' >>"$root/etc/apt/apt.conf.d/90lab"
  fi
}
