# MariaDB and RabbitMQ of a cloud, small and without fsync: a lab may lose its data with the machine.
# shellcheck shell=bash

infra_conf() {
  local root
  root=$(cloud_root "$1")
  cat >"$root/etc/mysql/lab.cnf" <<CFG
[mysqld]
user = root
datadir = /var/lib/mysql
socket = /run/mysqld/mysqld.sock
pid-file = /run/mysqld/mysqld.pid
bind-address = 127.0.0.1
max-connections = 800
innodb-buffer-pool-size = 96M
innodb-log-file-size = 16M
innodb-log-buffer-size = 4M
innodb-flush-log-at-trx-commit = 0
innodb-flush-method = nosync
innodb-doublewrite = 0
skip-log-bin
skip-name-resolve
performance-schema = OFF
key-buffer-size = 1M
aria-pagecache-buffer-size = 4M
character-set-server = utf8mb3
collation-server = utf8mb3_general_ci
$(if [ -s "$root/etc/lab-tls/cert.pem" ]; then printf 'ssl-%s = /etc/lab-tls/%s.pem\n' ca ca cert cert key key; fi)
# on by default since 11.6: transactions of the services then fail with 1020 where they used to read on
loose-innodb-snapshot-isolation = OFF
# since 11.5 another collation: a foreign key between a table that a Zed has left and a new one is then refused
loose-character-set-collations = utf8mb3=utf8mb3_general_ci
CFG
  write_secret "$root/etc/rabbitmq/rabbitmq.conf" <<CFG
listeners.tcp.default = 5672
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 50MB
default_vhost = openstack
default_user = openstack
default_pass = $PW_RABBIT
default_user_tags.administrator = true
log.console = true
log.console.level = info
log.file = false
$(if [ -s "$root/etc/lab-tls/cert.pem" ]; then
    printf 'listeners.ssl.default = 5671\nssl_options.verify = verify_none\n'
    printf 'ssl_options.%sfile = /etc/lab-tls/%s.pem\n' cacert ca cert cert key key
  fi)
CFG
  echo '[rabbitmq_management].' >"$root/etc/rabbitmq/enabled_plugins"
  mkdir -p "$root/run/mysqld" "$root/var/log/rabbitmq"
  chmod 644 "$root/etc/rabbitmq/enabled_plugins"
}

infra_start() {
  infra_conf "$1"
  svc_start "$1" mariadb mariadbd --defaults-file=/etc/mysql/lab.cnf
  svc_start "$1" rabbitmq env HOME=/var/lib/rabbitmq RABBITMQ_NODENAME=rabbit@localhost \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none" \
    /usr/lib/rabbitmq/bin/rabbitmq-server
}

infra_wait() {
  svc_wait "$1" mariadb 3306 240
  svc_wait "$1" rabbitmq 5672 240
}

rabbitctl() { local c=$1; shift; in_cloud "$c" env HOME=/var/lib/rabbitmq /usr/lib/rabbitmq/bin/rabbitmqctl -q -n rabbit@localhost "$@"; }
sql() { local c=$1; shift; in_cloud "$c" mariadb -S /run/mysqld/mysqld.sock -uroot "$@"; }

# infra_stop CLOUD: in order, so that its files are a good starting point
infra_stop() {
  rabbitctl "$1" stop >/dev/null
  svc_stop "$1" rabbitmq 30
  svc_stop "$1" mariadb 60
}
