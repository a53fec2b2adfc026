#!/usr/bin/env bash
# Makes the documentation of the Swift library and of the types that it re-exports from Services; a
# warning is an error. The archive is for a web server.
set -euo pipefail
cd "$(dirname "$0")/.."

# Who links the library needs no DocC, so Package.swift names the plugin only when it is asked to.
export VPREP_DOCS=1
pins=$(mktemp)
cp Package.resolved "$pins"
trap 'cp "$pins" Package.resolved; rm "$pins"' EXIT
scripts/public_symbols.py
swift package --allow-writing-to-directory .build/docs generate-documentation \
  --target VPrep --target Services --enable-experimental-combined-documentation \
  --warnings-as-errors --output-path .build/docs
