#!/usr/bin/env bash
# The main job on a real selfie: one report a provider, the prepared clips, two previews, and pages and a
# contact sheet to look at; the same for a clip that fails.
#   demo.sh VPREP
set -euo pipefail
vprep=$1
cd "$(dirname "$0")/.."
selfie=TestVideos/media/single_face.mp4
mkdir -p demo

run() {
  local status=0
  printf '\n$ %s\n' "$*"
  "$@" || status=$?
  # A verdict is a result: 0 passes, 1 is predicted to fail, 6 is incomplete.
  case $status in 0 | 1 | 6) ;; *) echo "demo: exit status $status" >&2; exit "$status" ;; esac
}

rm -f demo/*.mp4 demo/*.jpg demo/*.html
run "$vprep" prep "$selfie" -o demo/megvii.mp4 --provider megvii --html demo/megvii.html
run "$vprep" prep "$selfie" -o demo/tencent.mp4 --provider tencent --mode silent --html demo/tencent.html
run "$vprep" check TestVideos/clips/hand-over-mouth.mp4 --provider tencent \
  --html demo/hand.html --contact-sheet demo/hand.jpg
run "$vprep" preview "$selfie" --count 2 -o demo/preview.jpg

printf '\nffprobe on what was written:\n'
for clip in demo/*.mp4; do
  [ -f "$clip" ] || continue
  printf '%s  ' "$clip"
  ffprobe -v error -of compact=p=0:nk=1 \
    -show_entries stream=codec_name,width,height:format=format_name,duration,size "$clip" | paste -sd ' '
done
ls -l demo
