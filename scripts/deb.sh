#!/usr/bin/env bash
# The Debian packages, in .build/deb/SUITE, checked by lintian.
#   deb.sh [SUITE...]     bookworm (Debian 12), trixie (13); without one, this machine's own
# The names of FFmpeg's and XNNPACK's libraries differ from release to release, so each has packages of
# its own. This machine's release is built here, in place of the release build that is there; another one
# in a folder that debootstrap makes (CACHE, ~/.cache/vprep, shared with test_debian.sh; ROOT names a
# system that is there). Two builds from one commit at one path give the same bytes: times come from the commit.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vprep}
# shellcheck source=/dev/null
own=$(. /etc/os-release; echo "${VERSION_CODENAME-}")
declare -A numbers=([bookworm]=12 [trixie]=13)

fail() { printf 'deb: %s\n' "$*" >&2; exit 1; }

# Builds for the system that this runs on.
build() {
  local suite=$1 number=${numbers[$1]} out=$here/.build/deb/$1 version
  local tools=(build-essential debhelper dh-python lintian) missing=() tool
  for tool in "${tools[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$tool" 2>/dev/null)" = installed ] || missing+=("$tool")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    [ "$(id -u)" -eq 0 ] || fail "missing: apt-get install ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  version=$(sed -n 's/^#define VPREP_VERSION "\(.*\)"/\1/p' Sources/CVPrep/include/vprep.h)
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
  export SOURCE_DATE_EPOCH
  rm -rf "$out"
  mkdir -p "$out/vprep"
  cp -r Packaging/debian "$out/vprep/debian"
  ln -s "$here" "$out/vprep/checkout"
  cat >"$out/vprep/debian/changelog" <<CHANGES
vprep ($version-1~deb${number}u1) $suite; urgency=medium

  * Version $version for Debian $number; the changes are in changelog.gz.

 -- $(sed -n 's/^Maintainer: //p' Packaging/debian/control)  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
CHANGES
  # All is compiled anew, so that the bytes do not depend on what was built before; and clang's modules go
  # again, because these would not notice when a header changes.
  local release
  release=$(swift build -c release --show-bin-path)
  rm -rf "$release"
  (cd "$out/vprep" && dpkg-buildpackage --build=binary --no-sign) >"$out/build.log" 2>&1 ||
    { tail -40 "$out/build.log" >&2; fail "the build has failed; see $out/build.log"; }
  rm -rf "$out/vprep" "$release/ModuleCache"
  (cd "$out" && sha256sum ./*.deb >SHA256SUMS)
  # The suite is not one of unstable's, and nothing is uploaded.
  lintian --allow-root --fail-on error --tag-display-limit 0 "$out"/*.changes \
    --suppress-tags bad-distribution-in-changes-file,initial-upload-closes-no-bugs
  ls -l "$out"/*.deb
}

for suite in "${@:-$own}"; do
  [ -n "${numbers[$suite]-}" ] || fail "packages are made for ${!numbers[*]}, not for '$suite'"
  if [ "$suite" = "$own" ]; then
    build "$suite"
    continue
  fi
  toolchain=$(scripts/toolchain.sh)
  mkdir -p "$cache/$suite-build" .build/deb
  swift package --scratch-path "$cache/$suite-build" resolve
  scripts/chroot.sh "${ROOT:-$cache/$suite}" "$suite" --bind "$here" --bind "$cache/$suite-build:$here/.build" \
    --bind "$toolchain" -- env PATH="$toolchain/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
    SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}" \
    bash -euo pipefail -c '
      apt-get update -qq
      apt-get install -y -qq --no-install-recommends build-essential git libcurl4 libncurses6 \
        libsqlite3-0 libxml2 make tzdata zlib1g-dev >/dev/null
      git config --global --get-all safe.directory "$PWD" >/dev/null || git config --global --add safe.directory "$PWD"
      scripts/setup.sh --system
      scripts/deb.sh "$1"' deb "$suite"
  rm -rf ".build/deb/$suite"
  cp -r "$cache/$suite-build/deb/$suite" .build/deb/
done
