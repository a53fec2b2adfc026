#!/usr/bin/env bash
# Compares the public Swift API with that of the last release, and counts its symbols.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/public_symbols.py
if ! tag=$(git describe --tags --abbrev=0 --match '[0-9]*' --match 'v[0-9]*' 2>/dev/null); then
  echo "There is no release to compare with yet."
  exit 0
fi
swift package diagnose-api-breaking-changes "$tag" --products VPrep
