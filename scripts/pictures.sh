#!/usr/bin/env bash
# A frame of a clip that passes and one of a clip that fails, as --annotate draws them, made small, in demo/.
#   pictures.sh VPREP
set -euo pipefail
vprep=$1
cd "$(dirname "$0")/.."
frames=$(mktemp -d)
trap 'rm -rf "$frames"' EXIT

# picture CLIP SECONDS NAME: the frame that was measured next after SECONDS.
picture() {
  local status=0
  "$vprep" check "TestVideos/clips/$1.mp4" --provider tencent --annotate "$frames/$3" >/dev/null || status=$?
  case $status in 0 | 1) ;; *) exit "$status" ;; esac
  local frame
  frame=$(find "$frames/$3" -name '*.jpg' | sort | awk -v from="$2" -F / '{ time = $NF; sub(/\.jpg$/, "", time) } time + 0 >= from { print; exit }')
  mkdir -p demo
  ffmpeg -v error -y -i "$frame" -vf scale=720:-2:flags=lanczos -map_metadata -1 -q:v 4 "demo/$3.jpg"
}

picture good-action 1 pass
picture hand-over-mouth 1 fail
