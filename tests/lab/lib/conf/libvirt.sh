# libvirtd: everything as root, no confinement; the cloud's namespaces are its walls.
# shellcheck shell=bash

conf_libvirt() {
  cat >"$1/etc/libvirt/qemu.conf" <<'CFG'
user = "root"
group = "root"
security_driver = "none"
stdio_handler = "file"
cgroup_controllers = []
remember_owner = 0
namespaces = []
CFG
  cat >"$1/etc/libvirt/libvirtd.conf" <<'CFG'
unix_sock_group = "root"
auth_unix_rw = "none"
auth_unix_ro = "none"
CFG
  rm -f "$1"/etc/libvirt/qemu/networks/autostart/*
}
