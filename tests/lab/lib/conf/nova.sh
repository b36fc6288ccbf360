# Nova; nova-compute has a file of its own because it must not see a database.
# shellcheck shell=bash disable=SC2153

conf_nova() {
  write_secret "$1/etc/nova/nova.conf" <<CFG
[DEFAULT]
host = $HOST
my_ip = $ADDRESS
enabled_apis = osapi_compute
osapi_compute_listen = 0.0.0.0
osapi_compute_workers = 1
allow_resize_to_same_host = true
$(conf_common nova)
[notifications]
notification_format = versioned
notify_on_state_change = vm_and_task_state
[api_database]
connection = $(conf_db nova_api)
max_pool_size = 5
max_overflow = 20
[api]
auth_strategy = keystone
[wsgi]
api_paste_config = /etc/nova/api-paste.ini
[conductor]
workers = 1
[scheduler]
workers = 1
discover_hosts_in_cells_interval = 5
[placement]
$(conf_auth placement)
[neutron]
$(conf_auth neutron)
[glance]
$(conf_auth glance)
num_retries = 3
[cinder]
$(conf_auth cinder)
os_region_name = $REGION
catalog_info = volumev3::internalURL
# a child is an availability zone: its servers have its volumes
cross_az_attach = $([ "${ROLE:-}" = parent ] && echo false || echo true)
[vnc]
enabled = true
server_listen = $ADDRESS
server_proxyclient_address = $ADDRESS
novncproxy_base_url = http://$ADDRESS:6080/vnc_lite.html
[serial_console]
enabled = false
$(conf_authtoken nova)
CFG
  mkdir -p "$1/var/lib/nova/lock"
}

conf_nova_compute() {
  { awk '/^\[/ { skip = ($0 == "[database]" || $0 == "[api_database]") } !skip' "$1/etc/nova/nova.conf"
    cat <<CFG
[DEFAULT]
compute_driver = libvirt.LibvirtDriver
instances_path = /var/lib/nova/instances
cpu_allocation_ratio = 16
ram_allocation_ratio = 1
disk_allocation_ratio = 4
reserved_host_memory_mb = 0
vif_plugging_timeout = 120
running_deleted_instance_action = log
# the guest has nothing to save: a stop that waits the full minute would only hide that it ignores the button
shutdown_timeout = 20
[libvirt]
virt_type = qemu
cpu_mode = none
images_type = qcow2
nfs_mount_point_base = /var/lib/nova/mnt
wait_soft_reboot_seconds = 30
CFG
  } | write_secret "$1/etc/nova/compute.conf"
  mkdir -p "$1"/var/lib/nova/{instances,mnt}
}
