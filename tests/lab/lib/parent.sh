# The parent: Keystone for everybody, APIs and schedulers, and nothing that would run a guest, a volume or a port.
# shellcheck shell=bash

keystone_start() { wsgi parent keystone 5000 /usr/bin/keystone-wsgi-public 1 8; }
keystone_wait() { svc_wait parent keystone 5000 240; }

# identity_ensure: users, roles, regions and endpoints of every cloud of the lab
identity_ensure() {
  local c
  { printf '{"tls": %s, "url": "%s", "admin": "%s", "service": "%s", "cascade": "%s", "demo": "%s", "regions": {' \
      "$(tls_port 0)" "$KEYSTONE" "$PW_ADMIN" "$PW_SERVICE" "$PW_CASCADE" "$PW_DEMO"
    local comma=
    for c in $(api_clouds); do (cloud_load "$c"; printf '%s"%s": "%s"' "$comma" "$REGION" "$ADDRESS"); comma=', '; done
    printf '}}\n'; } | write_secret "$(cloud_root parent)/etc/lab-identity.json"
  in_cloud parent python3 - /etc/lab-identity.json <"$LAB_DIR/lib/identity.py" >>"$(svc_log parent identity)" 2>&1 ||
    { svc_show_log parent identity; return 1; }
}

# offers_ensure: what tenants find in the parent (flavor, image); the children have neither
offers_ensure() {
  mkdir -p "$(cloud_root parent)/srv/image"
  cp "$(guest_image)" "$(cloud_root parent)/srv/image/tiny.qcow2"
  in_cloud parent env OS_CLIENT_CONFIG_FILE=/etc/openstack/clouds.yaml python3 - <"$LAB_DIR/lib/offers.py" >>"$(svc_log parent offers)" 2>&1 ||
    { svc_show_log parent offers; return 1; }
}

# client_start: the stock command, loaded once for all who ask it (tests/lab/openstack goes without it too)
client_start() {
  in_cloud parent tee /usr/lib/lab-client.py <"$LAB_DIR/lib/client.py" >/dev/null
  svc_start parent client python3 /usr/lib/lab-client.py
}
