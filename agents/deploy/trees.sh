# The trees that packages are made of. $root is the repository, $here this folder, $version what is packed.
# shellcheck shell=bash disable=SC2154

# NAME|project folder|what it is, in a few words
agents=(
  'nova-proxy|NovaProxy|a child cloud as a compute host of its parent'
  'cinder-proxy|CinderProxy|a child cloud as a volume backend of its parent'
  'l2-proxy|L2Proxy|the ports of one host of the parent in a child cloud'
  'l3-proxy|L3Proxy|the routers of one host of the parent in a child cloud'
)

need() { command -v "$1" >/dev/null || { echo "package: $1 is missing: apt-get install $2 ${3:-}" >&2; exit 1; }; }

# lay_out DIR [PUBLISH ARGUMENTS...]: lib/dotnet/ lib/NAME/ conf/NAME.conf man/ and the units
lay_out() {
  local dir=$1 entry name project words; shift
  mkdir -p "$dir"/{lib,conf,man,units}
  runtime_into "$dir/lib/dotnet"
  cp "$here/cascade.conf" "$here/cascade.sysusers" "$dir/"
  for entry in "${agents[@]}"; do
    IFS='|' read -r name project words <<<"$entry"
    publish_into "$dir/lib/$name" "$project" "$@"
    # The sample is asked of what is packed, so it knows exactly its options.
    (cd "$dir" && env -i PATH="$PATH" "lib/$name/cascade-$name" config sample) >"$dir/conf/$name.conf"
    filled "$here/debian/agent/manual.8" >"$dir/man/cascade-$name.8"
    cp "$root/agents/$project/deploy/cascade-$name.service" "$dir/units/cascade-$name.service"
    instance_unit "$dir/units/cascade-$name.service" >"$dir/units/cascade-$name@.service"
  done
}

# Two steps, because a RID on the command line of restore would reach the libraries, whose lock files know none. The rules are kept by the build of
# the tests; here they would only be looked at again.
publish_into() {
  local to=$1 project=$root/agents/$2; shift 2
  dotnet restore "$project" --locked-mode -v q -nologo "$@" >&2
  dotnet publish "$project" -c Release -r linux-x64 --no-restore --no-self-contained -v q -nologo -nodeReuse:false -o "$to" \
    -p:UseSharedCompilation=true -p:RunAnalyzers=false "$@" >&2
  fixed_modes "$to"
}

# The newest 10.0 runtime of this SDK's installation, without the tracing provider that would need LTTng.
runtime_into() {
  local to=$1 from newest kind
  from=$(dirname "$(readlink -f "$(command -v dotnet)")")
  newest=$(ls "$from/shared/Microsoft.NETCore.App" | grep '^10\.0\.' | sort -V | tail -n 1)
  [ -n "$newest" ] && [ -d "$from/shared/Microsoft.AspNetCore.App/$newest" ] || { echo "package: no .NET and ASP.NET Core runtime 10.0 in $from/shared" >&2; exit 1; }
  for kind in host/fxr shared/Microsoft.NETCore.App shared/Microsoft.AspNetCore.App; do
    mkdir -p "$to/$kind"
    cp -a "$from/$kind/$newest" "$to/$kind/"
  done
  cp "$from/LICENSE.txt" "$from/ThirdPartyNotices.txt" "$to/"
  find "$to" -name libcoreclrtraceptprovider.so -delete
  chown -R "$(id -u):$(id -g)" "$to"
  fixed_modes "$to"
}

# Packages of libraries were packed with all kinds of modes.
fixed_modes() {
  find "$1" -type d -exec chmod 755 {} +
  find "$1" -type f -exec chmod 644 {} +
  find "$1" -type f \( -name 'cascade-*-proxy' -o -name createdump \) -exec chmod 755 {} +
}

# An instance has the plain unit's every line but two: one hardening for both.
instance_unit() {
  sed -e '1i # One of several children: systemctl enable --now cascade-'"$name"'@child1 reads /etc/cascade/cascade.conf and /etc/cascade/'"$name"'@child1.conf.' \
    -e '1,2d' \
    -e 's/^Description=.*/& (%i)/' \
    -e "s|^ExecStart=.*|& --config-file /etc/cascade/cascade.conf --config-file /etc/cascade/$name@%i.conf|" "$1"
}

# filled FILE: a template of debian/agent, for the agent at hand
filled() {
  sed -e "s/@NAME@/$name/g; s/@VERSION@/$version/g; s/@WORDS@/$words/g; s/@UPPER@/$(tr a-z- A-Z_ <<<"$name" | tr _ -)/g; s/@DATE@/$(date -u -d "@$(stamp)" +%Y-%m-%d)/g" "$1"
}

# Seconds of the commit that is packed: the same tree makes the same package.
stamp() { echo "${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}"; }

maintainer() { echo "${DEBFULLNAME:-The Cascade developers} <${DEBEMAIL:-cascade@example.org}>"; }

build_deb() {
  local dir=$1 out=$2 entry name project words file
  cp -a "$here/debian" "$dir/debian"
  rm -r "$dir/debian/agent"
  sed -i "s/@MAINTAINER@/$(maintainer)/" "$dir/debian/control"
  printf 'cascade (%s) unstable; urgency=medium\n\n  * Built from %s.\n\n -- %s  %s\n' "$version" "$(git -C "$root" describe --always --dirty 2>/dev/null || echo 'a source tree')" \
    "$(maintainer)" "$(date -u -R -d "@$(stamp)")" >"$dir/debian/changelog"
  cp "$dir/cascade.sysusers" "$dir/debian/cascade-common.sysusers"
  for entry in "${agents[@]}"; do
    IFS='|' read -r name project words <<<"$entry"
    for file in install links manpages postinst prerm lintian-overrides; do filled "$here/debian/agent/$file" >"$dir/debian/cascade-$name.$file"; done
    cp "$dir/units/cascade-$name.service" "$dir/units/cascade-$name@.service" "$dir/debian/"
  done
  (cd "$dir" && SOURCE_DATE_EPOCH=$(stamp) dpkg-buildpackage -b -us -uc -tc >"$dir.log" 2>&1) || { tail -n 40 "$dir.log" >&2; exit 1; }
  cp "$dir/.."/*.deb "$out/"
  ls -1 "$out"/cascade-*_"${version}"_*.deb
}
