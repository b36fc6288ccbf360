# The read-only root file system of a release: debootstrap, then the packages of a whole cloud.
# shellcheck shell=bash

root_path() { echo "$LAB_ROOTS/$1"; }

root_ready() {
  [ -f "$(root_path "$1")/.lab-packages" ] && [ "$(cat "$(root_path "$1")/.lab-packages")" = "$(release_packages "$1")" ]
}

# root_ensure RELEASE: builds it if it is missing; two at once do not build the same
root_ensure() {
  local release=$1 log=$LAB_LOG/root-$1.log
  mkdir -p "$LAB_ROOTS" "$LAB_LOG"
  root_ready "$release" && return
  (
    flock 9
    root_ready "$release" && exit 0
    in_use "$release" && die "clouds of $release are up and its root has to change: take them down first (down)"
    say "building the root file system of $release (once; log: $log)"
    # a shell of its own: errexit does not hold in a function whose status is tested
    run_logged "$log" bash -euc '. "$1/lib/load.sh"; root_build "$2"' root "$LAB_DIR" "$release" 9>&- || exit 1
    say "root file system of $release is built"
  ) 9>"$LAB_ROOTS/.$release.lock"
}

root_build() {
  local release=$1 suite root new mirror
  suite=$(release_suite "$release") root=$(root_path "$release") new=$LAB_ROOTS/$release.new
  if [ ! -f "$root/.lab-packages" ]; then
    rm -rf --one-file-system "$new"
    mirror=$(apt_sources "$suite" | awk '{print $2; exit}')
    [ -n "$mirror" ] || die "no Debian source found in /etc/apt"
    debootstrap --variant=minbase --include=ca-certificates,eatmydata "$suite" "$new" "$mirror"
    root_prepare "$new"
  else
    mv "$root" "$new"
  fi
  apt_into "$new" "$suite"
  # shellcheck disable=SC2046
  in_bare_root "$new" eatmydata sh -ec 'apt-get update -q; apt-get install -qy "$@"; apt-get clean' sh $(release_packages "$release")
  root_finish "$new"
  release_packages "$release" >"$new/.lab-packages"
  mv -T "$new" "$root"
}

# Nothing starts by itself, nothing is written that no cloud reads.
root_prepare() {
  printf '#!/bin/sh\nexit 101\n' >"$1/usr/sbin/policy-rc.d"
  chmod 755 "$1/usr/sbin/policy-rc.d"
  cat >"$1/etc/dpkg/dpkg.cfg.d/lab" <<'CFG'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/share/info/*
CFG
}

root_finish() {
  rm -rf "$1"/var/lib/apt/lists/* "$1"/var/lib/mysql/* "$1"/var/log/*/* "$1"/etc/libvirt/qemu/networks/autostart/*
  # what carries a secret of the machine, if it has any, stays with the machine
  rm -rf "$1/etc/apt/auth.conf" "$1/etc/apt/auth.conf.d"
}

# in_bare_root ROOT CMD...: in a mount namespace of its own, with /proc, /sys and /dev
in_bare_root() {
  # shellcheck disable=SC2016
  DEBIAN_FRONTEND=noninteractive unshare -m bash -ec '
    mount --make-rprivate /; mount --rbind "$1" "$1"; cd "$1"; shift
    mount -t proc proc proc; mount --rbind /sys sys; mount --rbind /dev dev; mount -t tmpfs tmpfs run; mkdir -p run/lock
    exec chroot . "$@"' enter "$@"
}
