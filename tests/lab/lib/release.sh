# What a release is: the Debian suite that carries it and the packages of a whole cloud.
# shellcheck shell=bash

is_release() { case $1 in zed | epoxy) ;; *) return 1 ;; esac; }

release_suite() {
  case $1 in
    zed) echo bookworm ;;
    epoxy) echo trixie ;;
    *) die "unknown release '$1' (zed or epoxy)" ;;
  esac
}

release_packages() {
  echo rabbitmq-server mariadb-server keystone uwsgi-plugin-python3 placement-api glance-api
  echo nova-api nova-conductor nova-scheduler nova-compute nova-compute-qemu
  echo cinder-api cinder-scheduler cinder-volume cinder-backup qemu-utils genisoimage
  echo neutron-openvswitch-agent neutron-l3-agent neutron-dhcp-agent openvswitch-switch dnsmasq-base
  echo libvirt-daemon-system libvirt-clients qemu-system-x86
  echo python3-openstackclient python3-pymysql
  echo syslinux syslinux-common mtools dosfstools busybox-static cpio xz-utils kmod
  echo iproute2 iptables ipset conntrack iputils-ping procps netcat-openbsd sudo haproxy openssl
  case $1 in
    zed) echo neutron-server python3-pika ;;
    epoxy) echo neutron-api neutron-rpc-server python3-pika ;;
  esac
}
