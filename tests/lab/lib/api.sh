# The API services and their workers, the same in a parent and in a child.
# Zed runs the servers that come with the projects, Epoxy runs them under uwsgi, as Debian does.
# shellcheck shell=bash disable=SC2153

# wsgi CLOUD NAME PORT SCRIPT PROCESSES THREADS [UWSGI OPTION...]
wsgi() {
  local cloud=$1 name=$2 port=$3 script=$4 processes=$5 threads=$6
  shift 6
  # it closes connections without saying so: tell the client
  svc_start "$cloud" "$name" uwsgi_python3 --http-socket "0.0.0.0:$port" --add-header "Connection: close" --wsgi-file "$script" \
    --processes "$processes" --threads "$threads" --enable-threads --lazy-apps --master --die-on-term --need-app --no-orphans \
    --buffer-size 65535 --disable-logging "$@"
}

api_start() {
  tls_start "$1"
  wsgi "$1" placement 8778 /usr/bin/placement-api 1 4
  svc_start "$1" glance-api glance-api
  svc_start "$1" nova-conductor nova-conductor
  svc_start "$1" nova-scheduler nova-scheduler
  svc_start "$1" cinder-scheduler cinder-scheduler
  "api_start_$RELEASE" "$1"
}

api_start_zed() {
  svc_start "$1" neutron-server neutron-server --config-file /etc/neutron/neutron.conf
  svc_start "$1" nova-api nova-api
  svc_start "$1" cinder-api cinder-api
}

# one thread each: these are patched by eventlet; two processes, so that one may call back into the other
api_start_epoxy() {
  wsgi "$1" neutron-server 9696 /usr/bin/neutron-api 2 1 --pyargv "--config-file=/etc/neutron/neutron.conf"
  svc_start "$1" neutron-rpc neutron-rpc-server --config-file /etc/neutron/neutron.conf
  svc_start "$1" neutron-periodic neutron-periodic-workers --config-file /etc/neutron/neutron.conf
  wsgi "$1" nova-api 8774 /usr/bin/nova-api-wsgi 2 1
  wsgi "$1" cinder-api 8776 /usr/bin/cinder-wsgi 2 1
}

api_wait() {
  svc_wait "$1" haproxy "$(tls_port 9696)" 60
  svc_wait "$1" placement 8778 400
  svc_wait "$1" glance-api 9292 400
  svc_wait "$1" nova-api 8774 400
  svc_wait "$1" cinder-api 8776 400
  svc_wait "$1" neutron-server 9696 400
}
