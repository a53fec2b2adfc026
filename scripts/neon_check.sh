#!/usr/bin/env bash
# Whether the kernels for 64-bit Arm give what plain loops give, under qemu, and how many instructions
# each takes beside those loops.
#   neon_check.sh [--table]
# --table prints the counts as a table for Docs/platforms.md. No times are taken: qemu's say nothing.
#
# The same program first compares the kernels of this machine, which the Swift tests compare with the
# reference in Swift, so that the loops are known to compute the same.
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in aarch64-linux-gnu-gcc qemu-aarch64 clang; do
  command -v "$tool" >/dev/null || {
    echo "neon-check: $tool is missing (Debian: gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user; clang comes with Swift)." >&2
    exit 1
  }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sources=(Sources/CKernels/*.c Tests/KernelParity/*.c)
# Without contraction, the loops round each product as the reference in Swift does.
options=(-std=gnu11 -O2 -g0 -Wall -Wextra -Werror -ffp-contract=off -I Sources/CKernels/include)
arm=(--target=aarch64-linux-gnu -fuse-ld=lld -static)

clang "${options[@]}" "${sources[@]}" -lm -o "$work/native"
clang "${arm[@]}" "${options[@]}" "${sources[@]}" -lm -o "$work/clang"
aarch64-linux-gnu-gcc -static "${options[@]}" "${sources[@]}" -lm -o "$work/gcc"
# What else is C and asks for the processor: the list of system calls, and the digest.
clang --target=aarch64-linux-gnu -fsyntax-only -std=gnu11 -Wall -Wextra -Werror -I Sources/CSandbox/include -I Sources/CModels/include \
  Sources/CSandbox/*.c Sources/CModels/sha256.c

echo "this machine ($(uname -m)):"
"$work/native" >"$work/log" || { grep -v ' 0 failed' "$work/log" >&2; exit 1; }
tail -1 "$work/log"
for compiler in clang gcc; do
  echo "64-bit Arm, $compiler:"
  qemu-aarch64 "$work/$compiler" >"$work/log" || { grep -v ' 0 failed' "$work/log" >&2; exit 1; }
  tail -1 "$work/log"
done

# Instructions of one call: what two calls take more than one. qemu then runs them one by one and
# writes a line for each.
step=-singlestep
qemu-aarch64 -h | grep -q one-insn-per-tb && step=-one-insn-per-tb
instructions() { # KERNEL LEVEL TIMES
  qemu-aarch64 "$step" -d exec,nochain -D /dev/stdout "$work/clang" "$1" "$2" "$3" | grep -c '^Trace'
}
call() { echo $(($(instructions "$1" "$2" 2) - $(instructions "$1" "$2" 1))); }

if [ "${1-}" = --table ]; then
  printf '| kernel | instructions, plain loops | instructions, NEON | ratio |\n| --- | --- | --- | --- |\n'
  row='| `%s` | %d | %d | %s |\n'
else
  printf '%-16s %10s %10s %6s\n' kernel plain NEON ratio
  row='%-16s %10d %10d %6s\n'
fi
status=0
for kernel in $(qemu-aarch64 "$work/clang" list neon); do
  plain=$(call "$kernel" portable) neon=$(call "$kernel" neon)
  # shellcheck disable=SC2059
  printf "$row" "$kernel" "$plain" "$neon" "$(awk "BEGIN { printf \"%.2f\", $neon / $plain }")"
  [ "$neon" -lt "$plain" ] || { echo "neon-check: $kernel gains nothing" >&2; status=1; }
done
exit $status
