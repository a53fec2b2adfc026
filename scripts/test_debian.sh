#!/usr/bin/env bash
# Builds vprep and runs its tests on another release of Debian, in a folder that debootstrap makes.
#   [FILTER=SUITES] [CACHE=FOLDER] [ROOT=FOLDER] [SKIP_TESTS=1] test_debian.sh trixie|unstable
# FILTER names tests, as `swift test --filter` takes them; without it all are run. CACHE keeps the system
# and what is built between runs (~/.cache/vprep); ROOT is a system that is there already. The checkout
# and the Swift toolchain are mounted at their own places, with the models and the footage that `make setup`
# has put there. The other system makes its clips itself, with its own ffmpeg; the build folder and the
# clips of this machine's own Debian stay as they are. A deprecated call, as the other system sees it, is
# an error.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
suite=$1
cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vprep}
root=${ROOT:-$cache/$suite}
build=$cache/$suite-build
clips=$cache/$suite-clips
toolchain=$(scripts/toolchain.sh)
mkdir -p "$build" "$clips"

# The dependencies come from where this machine has them; the other system has no need of a network then.
swift package --scratch-path "$build" resolve

exec scripts/chroot.sh "$root" "$suite" --bind "$here" --bind "$build:$here/.build" \
  --bind "$clips:$here/TestVideos/clips" --bind "$toolchain" -- \
  env PATH="$toolchain/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
  SUITE="$suite" FILTER="${FILTER-}" SKIP_TESTS="${SKIP_TESTS-}" bash -euo pipefail -c '
    if [ "$SUITE" = unstable ]; then
      # Swift links with libxml2.so.2, of which unstable has a later one; Debian 13 still has it. A mirror
      # of unstable may be some weeks old, which does not matter here.
      echo "deb http://deb.debian.org/debian trixie main" >/etc/apt/sources.list.d/trixie.list
      printf "Package: *\nPin: release n=trixie\nPin-Priority: 100\n" >/etc/apt/preferences.d/trixie
      echo "Acquire::Check-Valid-Until \"false\";" >/etc/apt/apt.conf.d/99check-valid-until
    fi
    apt-get update -qq
    # What Swift itself needs (https://www.swift.org/install/linux/), and make and git.
    apt-get install -y -qq --no-install-recommends build-essential git libcurl4 libncurses6 \
      libsqlite3-0 libxml2 make tzdata zlib1g-dev >/dev/null
    # The checkout belongs to somebody else.
    git config --global --get-all safe.directory "$PWD" >/dev/null || git config --global --add safe.directory "$PWD"
    scripts/setup.sh
    echo "test-debian: $(. /etc/os-release && echo "$PRETTY_NAME"), $(swift --version 2>/dev/null | head -1), FFmpeg $(dpkg-query -W -f "\${Version}" libavutil-dev)"
    swift build --build-tests 2>&1 | tee .build/build.log
    # A build that only links says nothing of what was compiled before, so warnings are kept.
    grep "deprecated" .build/build.log >>.build/deprecated.log || true
    if [ -s .build/deprecated.log ]; then
      echo "test-debian: deprecated calls:" >&2
      sort -u .build/deprecated.log >&2
      rm .build/deprecated.log
      exit 1
    fi
    [ -z "$SKIP_TESTS" ] || exit 0
    scripts/test.sh --skip-build ${FILTER:+--filter "$FILTER"}
  '
