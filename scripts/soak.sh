#!/usr/bin/env bash
# Builds scripts/soak.c against a built library and runs it, on one thread and on eight.
#
#   soak.sh FOLDER_OF_libVPrepC.so CALLS
set -euo pipefail
cd "$(dirname "$0")/.."

library=$(realpath "${1:?the folder of libVPrepC.so}") calls=${2:?the number of calls}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
Fuzz/seeds.py
clang -std=gnu11 -O1 -Wall -Wextra -Werror -ISources/CVPrep/include scripts/soak.c \
  -L"$library" -lVPrepC -Wl,-rpath,"$library" -o "$folder/soak"
for threads in 1 8; do
  "$folder/soak" "$calls" "$threads" "$folder" Fuzz/seeds/media/*
done
