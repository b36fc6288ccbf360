# Passwords: random, made once per lab home, in a file for root only; never an argument of a process.
# shellcheck shell=bash

secret_file() { echo "$LAB_HOME/secret.sh"; }

secret_load() {
  local f name
  f=$(secret_file)
  mkdir -p "$LAB_HOME"
  if [ ! -s "$f" ]; then
    for name in ADMIN SERVICE CASCADE DEMO RABBIT DB; do
      printf 'PW_%s=%s\n' "$name" "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
    done >"$f.new"
    chmod 600 "$f.new"
    mv "$f.new" "$f"
  fi
  # shellcheck disable=SC1090
  . "$f"
}

# write_secret FILE: standard input into a file that only root reads
write_secret() {
  mkdir -p "$(dirname "$1")"
  (umask 077 && cat >"$1.new")
  mv "$1.new" "$1"
}
