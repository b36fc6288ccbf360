# What every service's file has.  REGION, ADDRESS and HOST are the cloud's (cloud_load).
# shellcheck shell=bash disable=SC2153

conf_auth() {  # conf_auth USER: keystoneauth options
  cat <<CFG
auth_url = $KEYSTONE
auth_type = password
username = $1
password = $PW_SERVICE
project_name = service
user_domain_name = Default
project_domain_name = Default
region_name = $REGION
valid_interfaces = internal,public
CFG
}

conf_authtoken() {  # conf_authtoken USER: who may call the service, and as whom it calls others on behalf of users
  cat <<CFG
[keystone_authtoken]
www_authenticate_uri = $KEYSTONE
service_token_roles = service
service_token_roles_required = true
$(conf_auth "$1" | grep -v valid_interfaces)
[service_user]
send_service_user_token = true
$(conf_auth "$1")
CFG
}

conf_db() { echo "mysql+pymysql://lab:$PW_DB@127.0.0.1/$1?charset=utf8"; }  # pymysql of Debian 12 does not know utf8mb3

conf_bus() { echo "rabbit://openstack:$PW_RABBIT@$([ "${ROLE:-}" = native ] && echo "$UNDERLAY.10" || echo 127.0.0.1):5672/openstack"; }

conf_common() {  # conf_common SERVICE: bus, locks, database
  # a Zed child tells what happens in it, and our agents may listen; an Epoxy one does not (tests/lab/agent-conf)
  local notify=noop
  if [ "$1-${ROLE:-}-${RELEASE:-}" = nova-child-zed ]; then notify=messagingv2; fi
  cat <<CFG
transport_url = $(conf_bus)
debug = ${LAB_DEBUG:-false}
state_path = /var/lib/$1
[oslo_middleware]
enable_proxy_headers_parsing = true
[oslo_concurrency]
lock_path = /var/lib/$1/lock
[oslo_messaging_notifications]
driver = $notify
[database]
connection = $(conf_db "$1")
max_pool_size = 5
max_overflow = 20
CFG
}
