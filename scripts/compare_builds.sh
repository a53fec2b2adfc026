#!/usr/bin/env bash
# Whether two builds of the same sources in different folders have the same code.
#   compare_builds.sh ONE OTHER      two folders of objects, such as .build/release
# Prints for each module how many of its objects are the same bytes, how many are once the parts are left
# out that name the folder (debug information, and `.swift_modhash`, the digest of the compiler's words),
# and which are not. Exits with 1 when there is one of those.
set -euo pipefail
one=$1 other=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bare() { objcopy --strip-debug --remove-section=.swift_modhash "$1" "$2"; }
status=0 all=0 identical=0 without=0
for folder in "$one"/*.build; do
  module=$(basename "$folder" .build) same=0 code=0 differ=()
  for object in "$folder"/*.o; do
    twin=$other/$module.build/$(basename "$object")
    [ -f "$object" ] && [ -f "$twin" ] || continue
    if cmp -s "$object" "$twin"; then same=$((same + 1)); continue; fi
    bare "$object" "$work/one" && bare "$twin" "$work/other"
    if cmp -s "$work/one" "$work/other"; then code=$((code + 1)); else differ+=("$(basename "$object")"); fi
  done
  count=$((same + code + ${#differ[@]}))
  [ "$count" -gt 0 ] || continue
  all=$((all + count)) identical=$((identical + same)) without=$((without + code))
  echo "$module: $count objects, $same the same, $code but for what names the folder, ${#differ[@]} not: ${differ[*]}"
  [ ${#differ[@]} -eq 0 ] || status=1
done
echo "compare_builds: $all objects: $identical the same, $without the same but for what names the folder, $((all - identical - without)) differ"
exit $status
