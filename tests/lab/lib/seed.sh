# A seed: the layer that initialising a cloud of a release writes over its root (schemas, keystone's bootstrap, broker users).
# Clouds of either role are mounted over it, so nothing is copied and nothing is initialised twice.
# shellcheck shell=bash disable=SC2034

seed_path() { echo "$LAB_CACHE/seed-$1"; }

SEED_RECIPE=2  # count up when what a seed holds changes

# what it was made from: another password file, root or recipe makes another seed
seed_mark() { { echo "$SEED_RECIPE"; cat "$(secret_file)" "$(root_path "$1")/.lab-packages"; } | sha256sum | cut -d' ' -f1; }
seed_ready() { [ "$(cat "$(seed_path "$1")/etc/lab-seed" 2>/dev/null)" = "$(seed_mark "$1")" ]; }

seed_ensure() {
  local log=$LAB_LOG/seed-$1.log
  mkdir -p "$LAB_CACHE"
  (
    flock 9
    seed_ready "$1" && exit 0
    in_use "$1" && die "clouds of $1 are up and their seed has to change: take them down first (down)"
    say "initialising the databases of $1 (once; log: $log)"
    rm -f "$log"
    run_logged "$log" bash -euo pipefail -c '. "$1/lib/load.sh"; secret_load; seed_build "$2"' seed "$LAB_DIR" "$1" 9>&- || exit 1
    say "databases of $1 are initialised"
  ) 9>"$LAB_CACHE/.seed-$1.lock"
}

seed_build() {
  local release=$1 cloud=seed-$1 root
  HOST=seed REGION=RegionOne ADDRESS=127.0.0.1
  cloud_kill "$cloud"
  net_down "$cloud"
  rm -rf --one-file-system "$(cloud_dir "$cloud")"
  mkdir -p "$(cloud_dir "$cloud")"
  ip netns add "$(netns_of "$cloud")"
  in_netns "$cloud" ip link set lo up
  cloud_enter "$cloud" "$(root_path "$release")" seed
  root=$(cloud_root "$cloud")
  in_cloud "$cloud" sh -c 'rm -rf /var/lib/mysql/*; exec mariadb-install-db --user=root --datadir=/var/lib/mysql --skip-test-db'
  infra_start "$cloud"
  infra_wait "$cloud"
  seed_databases "$cloud"
  conf_keystone "$root" && conf_placement "$root" && conf_glance "$root" && conf_nova "$root" && conf_cinder "$root" && conf_neutron "$root"
  in_cloud "$cloud" neutron-db-manage --config-file /etc/neutron/neutron.conf upgrade head &
  local neutron=$!
  seed_schemas "$cloud"
  wait "$neutron"
  seed_bus "$cloud"
  infra_stop "$cloud"
  cloud_kill "$cloud"
  net_down "$cloud"
  rm -rf --one-file-system "$(seed_path "$release")" "$(cloud_dir "$cloud")"/upper/{tmp,root}
  seed_mark "$release" >"$(cloud_dir "$cloud")/upper/etc/lab-seed"
  rm -f "$(cloud_dir "$cloud")/upper/etc/lab-cloud"
  mv "$(cloud_dir "$cloud")/upper" "$(seed_path "$release")"
  rm -rf --one-file-system "$(cloud_dir "$cloud")"
}

seed_databases() {
  local d
  { echo "create user lab@'127.0.0.1' identified by '$PW_DB'; grant all on *.* to lab@'127.0.0.1';"
    for d in keystone placement glance cinder neutron nova nova_api nova_cell0; do
      echo "create database $d character set utf8mb3 collate utf8mb3_general_ci;"
    done; } | sql "$1"
}

seed_schemas() {
  in_cloud "$1" keystone-manage db_sync
  in_cloud "$1" keystone-manage fernet_setup --keystone-user root --keystone-group root
  in_cloud "$1" keystone-manage credential_setup --keystone-user root --keystone-group root
  in_cloud "$1" sh -c 'read -r OS_BOOTSTRAP_PASSWORD; export OS_BOOTSTRAP_PASSWORD; exec keystone-manage bootstrap --bootstrap-region-id RegionOne \
    --bootstrap-admin-url "$1" --bootstrap-internal-url "$1" --bootstrap-public-url "$1"' sh "$KEYSTONE" <<<"$PW_ADMIN"
  in_cloud "$1" nova-manage api_db sync
  in_cloud "$1" nova-manage cell_v2 map_cell0
  in_cloud "$1" nova-manage db sync
  in_cloud "$1" nova-manage cell_v2 create_cell --name cell1
  in_cloud "$1" placement-manage db sync
  in_cloud "$1" cinder-manage db sync
  in_cloud "$1" glance-manage db_sync
}

# besides the services' vhost: one for tests, one for what the agents tell each other; and a user for each kind of agent, who may nothing yet (tests/lab/agent)
seed_bus() {
  local v a
  for v in test cascade; do
    rabbitctl "$1" add_vhost "$v"
    rabbitctl "$1" set_permissions -p "$v" openstack '.*' '.*' '.*'
  done
  # add_user takes a password from a terminal or from its arguments
  for a in nova cinder l2 l3; do
    printf 'rabbit_auth_backend_internal:add_user(<<"cascade-%s">>, <<"%s">>, <<"lab">>).\n' "$a" "$PW_CASCADE" | write_secret "$(cloud_root "$1")/run/user.erl"
    rabbitctl "$1" eval_file /run/user.erl
    rm "$(cloud_root "$1")/run/user.erl"
  done
}
