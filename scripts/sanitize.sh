#!/usr/bin/env bash
# Runs the tests under sanitizers, each with a build of its own in .build-SANITIZER.
#
#   sanitize.sh [address|undefined|thread]... [-- ARGUMENTS OF swift test]
#
# Under `thread` the C interface is also called by eight threads at once (scripts/soak.c). FFmpeg,
# libjpeg and XNNPACK are the system's and are not instrumented.
set -euo pipefail
cd "$(dirname "$0")/.."

sanitizers=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do sanitizers+=("$1"); shift; done
[ $# -eq 0 ] || shift
[ ${#sanitizers[@]} -gt 0 ] || sanitizers=(address undefined thread)

# The libraries keep tables for the life of the process, which are no leaks; memory that a model's
# size asks for may be refused, as without a sanitizer.
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export SWIFT_BACKTRACE=enable=no
# C programs that the tests compile link the sanitizer's runtime, which calls Swift's libraries.
runtime=$(dirname "$(dirname "$(realpath "$(command -v swift)")")")/lib/swift/linux
export LIBRARY_PATH=$runtime LD_LIBRARY_PATH=$runtime
# Tests of memory and of programs that they compile know by it what they run under.
for VPREP_SANITIZER in "${sanitizers[@]}"; do
  export VPREP_SANITIZER
  scratch=.build-$VPREP_SANITIZER
  options=(--sanitize="$VPREP_SANITIZER" --scratch-path "$scratch")
  echo "sanitize: $VPREP_SANITIZER"
  if [ "$VPREP_SANITIZER" = thread ]; then
    mkdir -p "$scratch"
    clang -O1 -shared -fPIC scripts/tsan_mutex.c -o "$scratch/tsan_mutex.so" -ldl
    swift build "${options[@]}" --build-tests
    TSAN_OPTIONS="suppressions=$PWD/scripts/tsan.supp halt_on_error=1 second_deadlock_stack=1" \
      LD_PRELOAD="$PWD/$scratch/tsan_mutex.so" swift test "${options[@]}" --skip-build "$@"
  else
    swift test "${options[@]}" "$@"
  fi
done
