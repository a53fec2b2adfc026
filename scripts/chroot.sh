#!/usr/bin/env bash
# Runs a command in a Debian of another release, as root; its mounts end with it.
#   [ARCHITECTURE=arm64] chroot.sh FOLDER SUITE [--bind SOURCE[:TARGET]]... -- COMMAND...
# FOLDER holds the system, and is made by debootstrap where it is empty or missing. Each SOURCE is seen
# inside at TARGET, or at its own path. The command begins in the first of them. Another ARCHITECTURE
# runs under qemu, which the kernel starts where binfmt_misc names it (Debian: qemu-user-static).
set -euo pipefail

folder=$(realpath -m "$1") suite=$2
shift 2
binds=()
while [ "$1" = --bind ]; do binds+=("$2"); shift 2; done
[ "$1" = -- ] && shift

fail() { printf 'chroot: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || fail "this needs root, for chroot and mounts."
command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"

if [ ! -x "$folder/usr/bin/apt-get" ]; then
  echo "chroot: making a Debian $suite${ARCHITECTURE:+ for $ARCHITECTURE} in $folder"
  rm -rf "$folder.part"
  mkdir -p "$(dirname "$folder")"
  debootstrap --variant=minbase --include=ca-certificates ${ARCHITECTURE:+--arch="$ARCHITECTURE"} "$suite" "$folder.part" >"$folder.log" 2>&1 ||
    { tail -5 "$folder.log" >&2; fail "debootstrap has failed; see $folder.log"; }
  # Nothing starts a service in it, and the tools' own manual pages are not wanted.
  printf '#!/bin/sh\nexit 101\n' >"$folder.part/usr/sbin/policy-rc.d"
  chmod +x "$folder.part/usr/sbin/policy-rc.d"
  mv "$folder.part" "$folder"
fi
cp -L /etc/resolv.conf "$folder/etc/resolv.conf"

# In a mount namespace of its own: nothing is left mounted, however this ends.
# shellcheck disable=SC2016
exec unshare --mount --propagation private bash -c '
  set -euo pipefail
  root=$1 first=
  shift
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/run"
  while [ "$1" != -- ]; do
    source=${1%%:*} target=${1#*:}
    if [ -d "$source" ]; then mkdir -p "$root$target"; else mkdir -p "$(dirname "$root$target")"; touch "$root$target"; fi
    mount --rbind "$source" "$root$target"
    first=${first:-$target}
    shift
  done
  shift
  exec chroot "$root" env -i HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    sh -c '"'"'cd "$0" && exec "$@"'"'"' "${first:-/}" "$@"
' chroot "$folder" "${binds[@]}" -- "$@"
