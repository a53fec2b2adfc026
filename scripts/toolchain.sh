#!/usr/bin/env bash
# The folder of the Swift toolchain in use: the one that holds usr/bin/swift.
set -euo pipefail
swift=$(command -v swift) || { echo "toolchain: swift is missing" >&2; exit 1; }
dirname "$(dirname "$(dirname "$(realpath "$swift")")")"
