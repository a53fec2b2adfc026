#!/usr/bin/env bash
# The wheel of the Python package, in python/dist: with the C library, and the face models inside that.
#   wheel.sh LIBRARY
# LIBRARY is libVPrepC.so of a release build.
set -euo pipefail
library=$(realpath "$1")
cd "$(dirname "$0")/.."
build=.build/wheel
rm -rf "$build" python/dist
mkdir -p "$build"
python/generate.py --check
cp -r python/pyproject.toml python/README.md python/src LICENSE "$build"
install -s -m 644 "$library" "$build/src/vprep/libvprep.so.0"
python3 -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir python/dist \
  --config-settings=--build-option="--plat-name=linux_$(uname -m) --python-tag=py3" "./$build"
ls -l python/dist
