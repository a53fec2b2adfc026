#!/usr/bin/env bash
# Builds scripts/soak.c against a built library and runs it, on one thread and on eight; then 200 calls
# under LeakSanitizer, and scripts/cancel.c.
#
#   soak.sh FOLDER_OF_libVPrepC.so CALLS
set -euo pipefail
cd "$(dirname "$0")/.."

library=$(realpath "${1:?the folder of libVPrepC.so}") calls=${2:?the number of calls}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# compile NAME SOURCE FLAGS...
compile() {
  local name=$1 source=$2
  shift 2
  clang -std=gnu11 -O1 -Wall -Wextra -Werror -ISources/CVPrep/include "$@" "$source" \
    -L"$library" -lVPrepC -Wl,-rpath,"$library" -o "$folder/$name"
}
Fuzz/seeds.py
compile soak scripts/soak.c
compile leaks scripts/soak.c -fsanitize=leak
compile cancel scripts/cancel.c
for threads in 1 8; do
  "$folder/soak" "$calls" "$threads" "$folder" Fuzz/seeds/media/*
done
"$folder/leaks" 200 1 "$folder" Fuzz/seeds/media/*
echo "no leak in 200 calls"
"$folder/cancel" 40 "$folder" "$PWD"/TestVideos/clips/{oversized,long-15}.mp4
