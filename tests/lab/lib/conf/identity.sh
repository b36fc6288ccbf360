# Keystone, Placement and Glance.
# shellcheck shell=bash

conf_keystone() {
  write_secret "$1/etc/keystone/keystone.conf" <<CFG
[DEFAULT]
[database]
connection = $(conf_db keystone)
[oslo_middleware]
enable_proxy_headers_parsing = true
[token]
provider = fernet
expiration = 86400
[fernet_tokens]
key_repository = /etc/keystone/fernet-keys
[credential]
key_repository = /etc/keystone/credential-keys
[identity]
password_hash_rounds = 4
# in one process's memory: two keystone processes disagree on the catalog for minutes, so there is one
[cache]
enabled = true
backend = dogpile.cache.memory
CFG
}

conf_placement() {
  write_secret "$1/etc/placement/placement.conf" <<CFG
[DEFAULT]
debug = ${LAB_DEBUG:-false}
[api]
auth_strategy = keystone
[placement_database]
connection = $(conf_db placement)
$(conf_authtoken placement)
CFG
}

conf_glance() {
  write_secret "$1/etc/glance/glance-api.conf" <<CFG
[DEFAULT]
bind_host = 0.0.0.0
bind_port = 9292
workers = 1
enabled_backends = file:file
$(conf_common glance)
[glance_store]
default_backend = file
[file]
filesystem_store_datadir = /var/lib/glance/images
[os_glance_staging_store]
filesystem_store_datadir = /var/lib/glance/staging
[os_glance_tasks_store]
filesystem_store_datadir = /var/lib/glance/tasks
[paste_deploy]
flavor = keystone
config_file = /etc/glance/glance-api-paste.ini
$(conf_authtoken glance)
CFG
  mkdir -p "$1"/var/lib/glance/{images,staging,tasks,lock}
}
