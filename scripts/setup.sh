#!/usr/bin/env bash
# Everything that building and testing vprep needs on Debian 12, apart from Swift itself.
# Each step looks first and does nothing when its work is done, so a second run needs no network.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
  # What vprep links against.
  libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libswresample-dev
  libjpeg62-turbo-dev libxnnpack-dev libpthreadpool-dev libebur128-dev zlib1g-dev pkg-config
  # What makes and checks the test clips, and fetches the models.
  ffmpeg espeak-ng python3 python3-pip python3-venv ca-certificates
  # What sees which files and addresses are opened.
  strace
  # What opens the pages that vprep writes.
  chromium
)

fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

command -v swift >/dev/null ||
  fail "swift is missing. Install Swift 6.2 or later (https://www.swift.org/install/linux/) and put it on PATH."
command -v apt-get >/dev/null && command -v dpkg-query >/dev/null ||
  fail "apt-get is missing: this set-up is for Debian 12. Elsewhere install: ${packages[*]}"

missing=()
for package in "${packages[@]}"; do
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

python3 scripts/fetch.py scripts/models.json Models --keep --from VPREP_MODELS
python3 scripts/fetch.py TestVideos/manifest.json TestVideos/media
python3 TestVideos/generate.py
