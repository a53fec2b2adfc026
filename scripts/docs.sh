#!/usr/bin/env bash
# Makes the documentation of the Swift library and of the types that it re-exports from Services; a
# warning is an error. The archive is for a web server.
set -euo pipefail
cd "$(dirname "$0")/.."

# Who links the library needs no DocC, so Package.swift names the plugin only when it is asked to.
export VPREP_DOCS=1
# The plugin's pin does not stay; before the first build there are no pins.
pins=$(mktemp -d)
if [ -f Package.resolved ]; then cp Package.resolved "$pins"; fi
trap 'if [ -f "$pins/Package.resolved" ]; then cp "$pins/Package.resolved" .; fi; rm -rf "$pins"' EXIT
scripts/public_symbols.py
swift package --allow-writing-to-directory .build/docs generate-documentation \
  --target VPrep --target Services --enable-experimental-combined-documentation \
  --warnings-as-errors --output-path .build/docs
