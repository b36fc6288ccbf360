# What people and tests need to reach the lab: clouds.yaml and lab.json, readable by root only.
# shellcheck shell=bash disable=SC2153

access_write() {
  local c
  { echo "clouds:"
    for c in $(api_clouds); do
      (cloud_load "$c"
       access_cloud "$c-admin" admin "$PW_ADMIN" admin
       access_cloud "$c-demo" demo "$PW_DEMO" demo
       access_cloud "$c-other" demo "$PW_DEMO" other
       access_cloud "$c-cascade" cascade "$PW_CASCADE" service)
    done; } | write_secret "$LAB_STATE/clouds.yaml"
  write_secret "$(cloud_root parent)/etc/openstack/clouds.yaml" <"$LAB_STATE/clouds.yaml"
  { printf '{\n  "keystone": "%s",\n  "region": "RegionOne",\n' "$KEYSTONE"
    printf '  "transport_url": "%s",\n' "$(transport_url openstack)"
    printf '  "test_transport_url": "%s",\n' "$(transport_url test)"
    printf '  "cascade_transport_url": "%s",\n' "$(transport_url cascade)"
    printf '  "clouds_yaml": "%s",\n  "clouds": {\n' "$LAB_STATE/clouds.yaml"
    local comma=
    for c in $(cloud_names); do
      (cloud_load "$c"
       printf '%s    "%s": {"role": "%s", "release": "%s", "address": "%s", "region": "%s", "host": "%s", "netns": "%s", "logs": "%s"}' \
         "$comma" "$c" "$ROLE" "$RELEASE" "$ADDRESS" "$REGION" "$HOST" "$(netns_of "$c")" "$(cloud_dir "$c")/log")
      comma=$',\n'
    done
    printf '\n  }\n}\n'; } | write_secret "$LAB_STATE/lab.json"
}

transport_url() { echo "rabbit://openstack:$PW_RABBIT@$UNDERLAY.10:5672/$1"; }

access_cloud() {  # access_cloud ENTRY USER PASSWORD PROJECT
  cat <<CFG
  $1:
    region_name: $REGION
    identity_api_version: 3
    interface: internal
    auth:
      auth_url: $KEYSTONE
      username: $2
      password: $3
      project_name: $4
      user_domain_name: Default
      project_domain_name: Default
CFG
}
