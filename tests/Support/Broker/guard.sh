#!/bin/bash
# Runs one private broker with its own epmd and ends both when told so on standard input, or when that ends because its
# owner died: nothing outlives a test run. Arguments: the directory that holds rabbitmq.conf, then the ports of epmd and of distribution.
dir=$1 epmd_port=$2 dist_port=$3
export HOME=$dir LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin
export RABBITMQ_NODENAME=${dir##*/}@localhost RABBITMQ_CONFIG_FILE=$dir/rabbitmq.conf RABBITMQ_CONF_ENV_FILE=/dev/null
export RABBITMQ_MNESIA_BASE=$dir/mnesia RABBITMQ_LOG_BASE=$dir/log RABBITMQ_ENABLED_PLUGINS_FILE=$dir/plugins RABBITMQ_PID_FILE=$dir/pid
export RABBITMQ_DIST_PORT=$dist_port ERL_EPMD_PORT=$epmd_port ERL_EPMD_ADDRESS=127.0.0.1
# The start script then becomes the Erlang machine instead of waiting beside it: one process to watch and to stop.
export RUNNING_UNDER_SYSTEMD=true
unset NOTIFY_SOCKET

if [ "$4" = ctl ]; then exec /usr/lib/rabbitmq/bin/rabbitmqctl -q "${@:5}"; fi

ulimit -n 65536 2>/dev/null
# Not with our output: it may outlive this node, and whoever waits for our end waits for the end of that too.
epmd -port "$epmd_port" -address 127.0.0.1 -relaxed_command_check </dev/null >/dev/null 2>&1 &
epmd=$!
/usr/lib/rabbitmq/bin/rabbitmq-server </dev/null &
broker=$!
echo "guard: broker $broker"
read -r how
case $how in
  kill) kill -KILL "$broker" ;;
  *) kill -TERM "$broker" ;;
esac
wait "$broker"
# The nodes of one cluster share the epmd that the first of them started: the last one ends it.
if ! epmd -port "$epmd_port" -names 2>/dev/null | grep '^name cascade' | grep -qv "^name ${dir##*/} "; then
  epmd -port "$epmd_port" -kill >/dev/null 2>&1
  wait "$epmd"
fi
echo "guard: ended"
