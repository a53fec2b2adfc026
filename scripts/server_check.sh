#!/usr/bin/env bash
# The service: its unit tests, its description, and the program itself on loopback ports: calls, faults, the
# stand-ins with the clients of Examples/, and the page in Chromium.
#   server_check.sh PROGRAM [pytest's arguments]
# PROGRAM is the release build of vprep. pytest comes from PyPI into .build/python.
set -euo pipefail
VPREP=$(realpath "$1")
shift
cd "$(dirname "$0")/.."
tools=.build/python
scripts/venv.sh "$tools" mypy==1.18.2 pytest==8.4.2 pillow==12.0.0
Server/describe.py --check
swift test --package-path Server --quiet
VPREP_SERVE=$PWD/Server/.build/debug/vprep-serve
UPLOAD_SWIFT=$(scripts/swift_examples.sh)/Upload
export VPREP VPREP_SERVE UPLOAD_SWIFT
"$tools/bin/pytest" -q -p no:cacheprovider Server/Tests/live "$@"
