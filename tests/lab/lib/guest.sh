# The guest image, made in a scratch layer over a root so that neither the machine nor the root is touched.
# shellcheck shell=bash

guest_image() { echo "$LAB_CACHE/tiny.qcow2"; }

# what the image is made of: it is made anew when that has changed
guest_stamp() { cat "$LAB_DIR/lib/guest/"* | sha256sum; }

guest_ensure() {
  (
    flock 9
    [ -s "$(guest_image)" ] && [ "$(cat "$(guest_image).of" 2>/dev/null)" = "$(guest_stamp)" ] && exit 0
    say "building the guest image (once; log: $LAB_LOG/guest.log)"
    run_logged "$LAB_LOG/guest.log" bash -euo pipefail -c '. "$1/lib/load.sh"; guest_build "$2"' guest "$LAB_DIR" "$1" 9>&- || exit 1
    say "guest image is built"
  ) 9>"$LAB_CACHE/.guest.lock"
}

guest_build() {  # guest_build RELEASE
  local scratch
  scratch=$(mktemp -d "$LAB_CACHE/guest.XXXXXX")
  mkdir -p "$scratch"/{upper/{etc/{apt,ssl},build},work,root}
  apt_into "$scratch/upper" "$(release_suite "$1")"
  cp "$LAB_DIR/lib/guest/"* "$scratch/upper/build/"
  unshare -m bash -ec 'mount --make-rprivate /; mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
    mount -t proc proc "$2/root/proc"; mount --bind /dev "$2/root/dev"; exec chroot "$2/root" sh -ec "cd /build; exec bash ./build"' mount "$(root_path "$1")" "$scratch"
  mv "$scratch/upper/build/tiny.qcow2" "$(guest_image)"
  rm -rf --one-file-system "$scratch"
  guest_stamp >"$(guest_image).of"
}
