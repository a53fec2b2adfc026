#!/usr/bin/env bash
# Installs the Debian packages into fresh systems, uses all of them, and removes them.
#   packages_check.sh [SUITE...]      bookworm and trixie; `make deb` for each must have run
# In a system that debootstrap has just made (a copy of the one in CACHE, ~/.cache/vprep): the packages
# replace older ones, a real clip is prepared, the manual, the completions, the C library by pkg-config and
# the Python package work, a user without rights has an isolated worker, and `apt purge` leaves no file
# that was not there.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vprep}

if [ "${1-}" != --inside ]; then
  [ $# -gt 0 ] || set -- bookworm trixie
  for suite in "$@"; do
    ls .build/deb/"$suite"/*.deb >/dev/null || { echo "packages-check: run 'scripts/deb.sh $suite' first" >&2; exit 1; }
    base=$cache/$suite-fresh
    scripts/chroot.sh "$base" "$suite" -- true
    work=$(mktemp -d)
    trap 'rm -rf --one-file-system "$work"' EXIT
    cp -a "$base" "$work/root"
    scripts/chroot.sh "$work/root" "$suite" --bind "$here/.build/deb/$suite:/packages" \
      --bind "$here/scripts:/check/scripts" --bind "$here/Examples:/check/Examples" \
      --bind "$here/TestVideos/clips:/clips" -- bash /check/scripts/packages_check.sh --inside "$suite"
    rm -rf --one-file-system "$work"
    trap - EXIT
  done
  exit
fi

suite=$2
say() { printf 'packages-check: %s: %s\n' "$suite" "$*"; }
fail() { say "$*" >&2; exit 1; }
apt=(apt-get -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends)
# Every file but those that apt, dpkg and the system keep about themselves.
files() {
  find / -xdev \( -path /proc -o -path /dev -o -path /run -o -path /tmp -o -path /var/log -o -path /var/cache \
    -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /root -o -path /packages -o -path /check -o -path /clips \) \
    -prune -o -print | sort
}

"${apt[@]}" update
"${apt[@]}" install gcc libc6-dev pkgconf man-db bash-completion python3 util-linux >/dev/null 2>&1
mapfile -t packages < <(ls /packages/*.deb | grep -v dbgsym)
# What they need is installed first, so that what they leave behind can be told from what that leaves.
mapfile -t needed < <(apt-get -s --no-install-recommends install "${packages[@]}" | awk '/^Inst/ && $2 !~ /vprep/ { print $2 }')
"${apt[@]}" install "${needed[@]}" >/dev/null 2>&1
files >/tmp/before

# Older packages: the same under a lower version.
mkdir /tmp/older
for file in "${packages[@]}"; do
  dpkg-deb -R "$file" /tmp/unpacked
  version=$(dpkg-deb -f "$file" Version)
  sed -i "s/$version/0.1.0-1/g; s/(>= 0\.2[^)]*)/(>= 0.1)/" /tmp/unpacked/DEBIAN/control
  dpkg-deb -Zgzip -z1 -b /tmp/unpacked /tmp/older >/dev/null
  rm -r /tmp/unpacked
done
"${apt[@]}" install /tmp/older/*.deb >/dev/null
"${apt[@]}" install "${packages[@]}" >/dev/null
for file in "${packages[@]}"; do
  name=$(dpkg-deb -f "$file" Package)
  [ "$(dpkg-query -W -f '${Version}' "$name")" = "$(dpkg-deb -f "$file" Version)" ] || fail "$name was not upgraded"
done
say "$(printf '%s ' "${packages[@]##*/}")replace older ones"

cd /tmp
clip=/clips/good-silent.mp4
vprep prep "$clip" -o prepared.mp4 --provider tencent >report || { cat report >&2; fail "prep: status $?"; }
[ -s prepared.mp4 ] || fail "prep has written nothing"
say "vprep prep: $(head -1 report)"
man -P cat vprep | grep -q '^NAME' || fail "man vprep says nothing"
man -P cat 3 vprep | grep -q vprep_prepare || fail "man 3 vprep says nothing"
bash -c '. /usr/share/bash-completion/completions/vprep && complete -p vprep' >/dev/null || fail "no completions for bash"
for file in zsh/vendor-completions/_vprep fish/vendor_completions.d/vprep.fish; do
  [ -s "/usr/share/$file" ] || fail "/usr/share/$file is missing"
done
say "the manual and the completions are there"
# shellcheck disable=SC2046
cc -std=c99 -Wall -Wextra -Werror /check/Examples/c/gate.c $(pkg-config --cflags --libs vprep) -o gate
./gate "$clip" gated.mp4 >/dev/null && [ -s gated.mp4 ] || fail "the program in C"
say "a C program by pkg-config runs"
verdict=$(python3 -c '
import importlib.metadata, sys, vprep
prepared = vprep.prepare(sys.argv[1], "/tmp/python.mp4", provider="tencent")
assert prepared.passes, prepared.code
print("passes, version", importlib.metadata.version("vprep"))' "$clip") || fail "the Python package"
say "import vprep: $verdict"
# As the container runs it.
mkdir -m 755 /tmp/nobody && cp "$clip" /tmp/nobody/clip.mp4 && chmod 644 /tmp/nobody/clip.mp4
answer=$(echo '{"id": 1, "call": "check", "clip": "/tmp/nobody/clip.mp4", "options": {"provider": "tencent"}}' |
  setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs vprep worker --isolate)
case $answer in
  *'"verdict"'*) say "an isolated worker of a user without rights answers" ;;
  *) fail "the worker says: ${answer:0:300}" ;;
esac

"${apt[@]}" purge vprep libvprep0 libvprep-dev python3-vprep >/dev/null
ldconfig
files >/tmp/after
diff /tmp/before /tmp/after >/tmp/left || { cat /tmp/left >&2; fail "purge leaves something"; }
say "purge leaves the same $(wc -l </tmp/before) files and folders as before"
