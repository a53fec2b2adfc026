#!/usr/bin/env bash
# Builds vprep and runs its tests on Debian 13, in a folder that debootstrap makes.
#   [FILTER=SUITES] [CACHE=FOLDER] [ROOT=FOLDER] [SKIP_TESTS=1] test_debian13.sh
# FILTER names tests, as `swift test --filter` takes them; without it all are run. CACHE keeps the system
# and what is built between runs (~/.cache/vprep); ROOT is a system that is there already. The checkout
# and the Swift toolchain are mounted at their own places, with the clips and models that `make setup`
# has put there; the build folder of this machine's own Debian stays as it is. A deprecated call, as
# Debian 13 sees it, is an error.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vprep}
root=${ROOT:-$cache/trixie}
build=$cache/trixie-build
toolchain=$(scripts/toolchain.sh)
mkdir -p "$build"

# The dependencies come from where this machine has them; the other system has no need of a network then.
swift package --scratch-path "$build" resolve

exec scripts/chroot.sh "$root" trixie --bind "$here" --bind "$build:$here/.build" --bind "$toolchain" -- \
  env PATH="$toolchain/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
  FILTER="${FILTER-}" SKIP_TESTS="${SKIP_TESTS-}" bash -euo pipefail -c '
    apt-get update -qq
    # What Swift itself needs (https://www.swift.org/install/linux/), and make and git.
    apt-get install -y -qq --no-install-recommends build-essential git libcurl4 libncurses6 \
      libsqlite3-0 libxml2 make tzdata zlib1g-dev >/dev/null
    # The checkout belongs to somebody else.
    git config --global --get-all safe.directory "$PWD" >/dev/null || git config --global --add safe.directory "$PWD"
    scripts/setup.sh --system
    echo "test-debian13: $(. /etc/os-release && echo "$PRETTY_NAME"), $(swift --version 2>/dev/null | head -1), FFmpeg $(dpkg-query -W -f "\${Version}" libavutil-dev)"
    swift build --build-tests 2>&1 | tee .build/build.log
    # A build that only links says nothing of what was compiled before, so warnings are kept.
    grep "deprecated" .build/build.log >>.build/deprecated.log || true
    if [ -s .build/deprecated.log ]; then
      echo "test-debian13: deprecated calls:" >&2
      sort -u .build/deprecated.log >&2
      rm .build/deprecated.log
      exit 1
    fi
    [ -z "$SKIP_TESTS" ] || exit 0
    scripts/test.sh --skip-build ${FILTER:+--filter "$FILTER"}
  '
