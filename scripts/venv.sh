#!/usr/bin/env bash
# A Python environment with packages of PyPI; does nothing when it is there with the same ones.
#   venv.sh FOLDER PACKAGE==VERSION...
set -euo pipefail
folder=$1
shift
if [ "$(cat "$folder/wanted" 2>/dev/null)" != "$*" ]; then
  rm -rf "$folder"
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check "$@"
  echo "$*" >"$folder/wanted"
fi
