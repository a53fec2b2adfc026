#!/usr/bin/env bash
# Everything that building and testing vprep needs, apart from Swift itself: on Debian 12, 13 and unstable
# and on Ubuntu 24.04 it is installed; elsewhere this says what is missing.
# Each step looks first and does nothing when its work is done, so a second run needs no network.
#   setup.sh [--packages ID:VERSION | --system]
# --packages prints the packages of a system, named as in its /etc/os-release (Debian's next release and
# unstable have no version there: debian:none), and does nothing else.
# --system installs them, and leaves models, media and clips alone.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# The packages of a system, as ID:VERSION; fails for one that nobody has listed.
packages_of() {
  local jpeg browser=chromium
  case $1 in
    debian:12 | debian:13 | debian:none) jpeg=libjpeg62-turbo-dev ;;
    # Ubuntu's browser is no package but a snap; without one, the tests that open pages are skipped.
    ubuntu:24.04) jpeg=libjpeg-turbo8-dev browser= ;;
    *) return 1 ;;
  esac
  local packages=(
    # What vprep links against.
    libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libswresample-dev
    "$jpeg" libxnnpack-dev libpthreadpool-dev libebur128-dev zlib1g-dev pkg-config
    # What makes and checks the test clips, and fetches the models.
    ffmpeg espeak-ng python3 python3-pip python3-venv ca-certificates
    # What sees which files and addresses are opened.
    strace
    # What opens the pages that vprep writes.
    $browser
  )
  # What compiles the kernels for Arm, and runs them.
  [ "${2:-amd64}" != amd64 ] || packages+=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user)
  echo "${packages[*]}"
}

# What a system has, of which no packages are listed.
look() {
  local missing=() module header tool
  for module in libavformat libavcodec libavutil libswscale libswresample libebur128 zlib; do
    pkg-config --exists "$module" 2>/dev/null || missing+=("$module (for pkg-config)")
  done
  for header in xnnpack.h pthreadpool.h jpeglib.h; do
    printf '#include <stdio.h>\n#include <%s>\n' "$header" | clang -E -x c - >/dev/null 2>&1 ||
      missing+=("$header")
  done
  for tool in pkg-config ffmpeg espeak-ng python3; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  printf 'setup: missing: %s\n' "${missing[@]}" >&2
  fail "no packages are listed for $system. On Debian 13 they are: $(packages_of debian:13)"
}

if [ "${1-}" = --packages ]; then
  packages_of "$2" || fail "no packages are listed for $2"
  exit
fi

command -v swift >/dev/null ||
  fail "swift is missing. Install Swift 6.2 or later (https://www.swift.org/install/linux/) and put it on PATH."
# shellcheck source=/dev/null
system=$([ ! -r /etc/os-release ] || . /etc/os-release; echo "${ID:-unknown}:${VERSION_ID:-none}")

if list=$(packages_of "$system" "$(dpkg --print-architecture 2>/dev/null)"); then
  missing=()
  for package in $list; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "setup: installing ${missing[*]}"
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
      command -v sudo >/dev/null ||
        fail "not root and sudo is missing. As root, run: apt-get install ${missing[*]}"
      as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${missing[@]}"
  fi
else
  look
fi
[ "${1-}" != --system ] || exit 0

python3 scripts/fetch.py scripts/models.json Models --keep --from VPREP_MODELS
python3 scripts/fetch.py TestVideos/manifest.json TestVideos/media
python3 TestVideos/generate.py
