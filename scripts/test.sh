#!/usr/bin/env bash
# Runs the tests and says at the end which of them failed, and where: a long run's own lines scroll away.
# Arguments go to `swift test`, such as --filter FitTests.
set -uo pipefail
cd "$(dirname "$0")/.."
log=.build/test.log
mkdir -p .build
swift test "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
if [ "$status" -ne 0 ]; then
  printf '\nWhat failed:\n'
  grep -aE '✘|recorded an issue|error: |Fatal error' "$log" | cut -c1-1000 | tail -60
fi
exit "$status"
