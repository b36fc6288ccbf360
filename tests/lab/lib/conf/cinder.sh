# Cinder; volumes are files that its NFS driver keeps on a "share" of the same machine.
# shellcheck shell=bash disable=SC2153

conf_cinder() {
  write_secret "$1/etc/cinder/cinder.conf" <<CFG
[DEFAULT]
host = $HOST
my_ip = $ADDRESS
osapi_volume_listen = 0.0.0.0
osapi_volume_workers = 1
api_paste_config = /etc/cinder/api-paste.ini
resource_query_filters_file = /etc/cinder/resource_filters.json
auth_strategy = keystone
rootwrap_config = /etc/cinder/rootwrap.conf
# else it takes the first glance of the catalog, whatever its region
glance_api_servers = http://$ADDRESS:9292
default_volume_type = __DEFAULT__
# else the zone of a child that comes later is invalid for an hour
az_cache_duration = 5
enabled_backends = nfs
target_ip_address = $ADDRESS
backup_driver = cinder.backup.drivers.posix.PosixBackupDriver
backup_posix_path = /var/lib/cinder/backup
$(conf_common cinder)
[nfs]
volume_driver = cinder.volume.drivers.nfs.NfsDriver
volume_backend_name = nfs
nfs_shares_config = /etc/cinder/nfs_shares
nfs_mount_point_base = /var/lib/cinder/mnt
nfs_snapshot_support = true
nas_secure_file_operations = false
nas_secure_file_permissions = false
[nova]
interface = internal
$(conf_auth nova | grep -v valid_interfaces)
$(conf_authtoken cinder)
CFG
  echo "$ADDRESS:/srv/nfs" >"$1/etc/cinder/nfs_shares"
  mkdir -p "$1"/var/lib/cinder/{lock,mnt,backup} "$1/srv/nfs"
  # there is no NFS in every kernel: a share of this machine is a bind mount, and the drivers only need mount(8) to do it
  printf '#!/bin/sh\nexec mount --bind "${1#*:}" "$2"\n' >"$1/usr/sbin/mount.nfs"
  chmod 755 "$1/usr/sbin/mount.nfs"
}
