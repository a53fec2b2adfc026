#!/usr/bin/env bash
# Runs the tests and says at the end which of them failed, and where: a long run's own lines scroll away.
# Arguments go to `swift test`, such as --filter FitTests.
set -uo pipefail
cd "$(dirname "$0")/.."
log=.build/test.log
# Calls that are awaited run beside each other without a bound of their own: hundreds of clips at once would take
# more time than one call may have, and 3 GB.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH="${SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH:-$((2 * $(nproc)))}"
mkdir -p .build
swift test "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
if [ "$status" -ne 0 ]; then
  printf '\nWhat failed:\n'
  grep -aE '✘|recorded an issue|error: |Fatal error' "$log" | cut -c1-1000 | tail -60
fi
exit "$status"
