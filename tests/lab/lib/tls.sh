# TLS of the lab, as clouds have it: the public endpoints behind an haproxy, broker and database with a certificate, all of a CA that nobody else knows. The clouds'
# own services talk to each other by the internal endpoints, in the clear.
# shellcheck shell=bash disable=SC2153

tls_ca() { echo "$LAB_HOME/tls/ca.pem"; }
tls_port() { echo $(($1 + 10000)); }

# tls_give CLOUD: a certificate for its address, made anew with the cloud; and the CA, once per lab home
tls_give() {
  local home=$LAB_HOME/tls there
  there=$(cloud_root "$1")/etc/lab-tls
  [ ! -s "$there/cert.pem" ] || return 0
  (
    umask 077
    mkdir -p "$home" "$there"
    exec 9>"$home/.lock"
    flock 9
    if [ ! -s "$home/ca.pem" ]; then
      in_cloud "$1" openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=cascade-lab -keyout /etc/lab-tls/ca.key -out /etc/lab-tls/ca.pem
      mv "$there/ca.key" "$there/ca.pem" "$home/"
    fi
    cp "$home/ca.key" "$home/ca.pem" "$there/"
    in_cloud "$1" openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout /etc/lab-tls/key.pem -out /etc/lab-tls/request.pem
    printf 'subjectAltName = IP:%s, IP:127.0.0.1\n' "$ADDRESS" >"$there/names"
    in_cloud "$1" openssl x509 -req -in /etc/lab-tls/request.pem -CA /etc/lab-tls/ca.pem -CAkey /etc/lab-tls/ca.key -days 3650 -extfile /etc/lab-tls/names -out /etc/lab-tls/new.pem
    cat "$there/new.pem" "$there/key.pem" >"$there/both.pem"
    rm "$there/ca.key" "$there/request.pem" "$there/names"
    mv "$there/new.pem" "$there/cert.pem"
  ) 2>>"$LAB_LOG/tls.log"
}

# tls_start CLOUD: before its APIs; they are told what scheme was asked for
tls_start() {
  local port ports=(8774 8776 8778 9292 9696)
  if [ "$ROLE" = parent ]; then ports+=(5000); fi
  {
    printf '%s\n' 'defaults' '  mode http' '  timeout connect 5s' '  timeout client 300s' '  timeout server 300s'
    for port in "${ports[@]}"; do
      printf 'listen %s\n  bind 0.0.0.0:%s ssl crt /etc/lab-tls/both.pem\n  http-request set-header X-Forwarded-Proto https\n  server api 127.0.0.1:%s\n' "$port" "$(tls_port "$port")" "$port"
    done
  } >"$(cloud_root "$1")/etc/haproxy/lab.cfg"
  svc_start "$1" haproxy haproxy -db -f /etc/haproxy/lab.cfg
}
