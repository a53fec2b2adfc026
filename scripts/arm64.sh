#!/usr/bin/env bash
# Builds the whole program for 64-bit Arm, runs it under qemu on real clips, and compares the reports with
# those of this machine's program; encodes a clip with both, and compares the pictures.
#   [CACHE=FOLDER] [CONFIGURATION=debug] arm64.sh [CLIP...]
# Nothing of Arm's is installed: the libraries of Debian unstable for it, and the Swift library of its
# package `swiftlang`, are unpacked in a folder. The compiler is unstable's `swiftlang` for this machine, in
# a folder that debootstrap makes: only the same version of Swift reads what the other has compiled.
# CLIP is a file in TestVideos/clips. `make build` must have run, and this must be root, for chroot. It needs 6 GB in CACHE (~/.cache/vprep).
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vprep}
configuration=${CONFIGURATION:-release}
clips=("$@")
[ $# -gt 0 ] || clips=(good-silent.mp4 dark-2.mp4 mask.mp4)
sysroot=$cache/arm64-sysroot build=$cache/arm64-build
mkdir -p "$build"

for tool in qemu-aarch64 debootstrap; do
  command -v "$tool" >/dev/null || { echo "arm64: $tool is missing (Debian: qemu-user, debootstrap)" >&2; exit 1; }
done

# What Arm's program is linked with.
if [ ! -e "$sysroot/complete" ]; then
  echo "arm64: unpacking Debian unstable's libraries for 64-bit Arm in $sysroot"
  mkdir -p "$sysroot"/apt/{lists,archives}/partial "$sysroot/usr/lib"
  : >"$sysroot/apt/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg arch=arm64] http://deb.debian.org/debian unstable main" \
    >"$sysroot/apt/sources.list"
  apt=(apt-get -qq -y --no-install-recommends -o "Dir::Etc::sourcelist=$sysroot/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$sysroot/apt/lists" -o "Dir::State::status=$sysroot/apt/status"
    -o "Dir::Cache::archives=$sysroot/apt/archives" -o APT::Architecture=arm64 -o APT::Architectures::=arm64
    -o APT::Sandbox::User=root -o Acquire::Check-Valid-Until=false)
  "${apt[@]}" update
  "${apt[@]}" --download-only install libavformat-dev libavcodec-dev libavutil-dev libswscale-dev \
    libswresample-dev libjpeg62-turbo-dev libxnnpack-dev libpthreadpool-dev libebur128-dev zlib1g-dev libc6-dev \
    g++ swiftlang
  # As every Debian has it, where programs look for the loader; and where clang looks for Swift's own objects.
  ln -sfn usr/lib "$sysroot/lib"
  for library in swift swift_static; do ln -sfn "../libexec/swift/lib/$library" "$sysroot/usr/lib/$library"; done
  for file in "$sysroot"/apt/archives/*.deb; do
    case ${file##*/} in
      # Of the compiler, its library alone.
      swiftlang_*) dpkg-deb --fsys-tarfile "$file" | tar -x -C "$sysroot" ./usr/libexec/swift/lib/swift ./usr/libexec/swift/lib/swift_static ./usr/libexec/swift/lib/clang ;;
      *) dpkg-deb -x "$file" "$sysroot" ;;
    esac
  done
  rm -r "$sysroot/apt"
  touch "$sysroot/complete"
fi

# SwiftPM's description of it (https://www.swift.org/documentation/articles/swift-sdk-for-linux.html).
sdk=$build/sdks/arm64.artifactbundle
mkdir -p "$sdk/arm64"
cat >"$sdk/info.json" <<JSON
{"schemaVersion": "1.0", "artifacts": {"arm64": {"type": "swiftSDK", "version": "1", "variants": [{"path": "arm64"}]}}}
JSON
cat >"$sdk/arm64/swift-sdk.json" <<JSON
{"schemaVersion": "4.0", "targetTriples": {"aarch64-unknown-linux-gnu": {
  "sdkRootPath": "$sysroot", "swiftResourcesPath": "$sysroot/usr/libexec/swift/lib/swift",
  "swiftStaticResourcesPath": "$sysroot/usr/libexec/swift/lib/swift_static", "toolsetPaths": ["toolset.json"]}}}
JSON
cat >"$sdk/arm64/toolset.json" <<JSON
{"schemaVersion": "1.0", "swiftCompiler": {"extraCLIOptions": ["-use-ld=lld", "-tools-directory", "/usr/libexec/swift/bin"]}}
JSON

swift package --scratch-path "$build" resolve
scripts/chroot.sh "$cache/unstable" unstable --bind "$here" --bind "$build:$here/.build" --bind "$build" --bind "$sysroot" -- \
  env CONFIGURATION="$configuration" SYSROOT="$sysroot" SDKS="$build/sdks" bash -euo pipefail -c '
    echo "Acquire::Check-Valid-Until \"false\";" >/etc/apt/apt.conf.d/99check-valid-until
    if ! command -v swift >/dev/null; then
      apt-get update -qq
      apt-get install -y -qq --no-install-recommends swiftlang git ca-certificates g++ >/dev/null
    fi
    git config --global --get-all safe.directory "$PWD" >/dev/null || git config --global --add safe.directory "$PWD"
    export PKG_CONFIG_PATH="$SYSROOT/usr/lib/aarch64-linux-gnu/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$SYSROOT"
    swift --version
    swift build -c "$CONFIGURATION" --swift-sdks-path "$SDKS" --swift-sdk aarch64-unknown-linux-gnu \
      --static-swift-stdlib --product vprep'

program=$build/aarch64-unknown-linux-gnu/$configuration/vprep
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Under qemu a clip may take longer than vprep gives one.
printf '#!/bin/sh\nexec qemu-aarch64 -L %s %s "$@" --time-limit 3600\n' "$sysroot" "$program" >"$work/vprep"
chmod +x "$work/vprep"
mkdir "$work/clips"
for clip in "${clips[@]}"; do cp "TestVideos/clips/$clip" "$work/clips"; done
echo "arm64: $(file -b "$program" | cut -d, -f1-2)"
start=$(date +%s)
"$work/vprep" prep "TestVideos/clips/${clips[0]}" -o "$work/prepared.mp4" --provider tencent --mode silent
echo "arm64: prep of ${clips[0]} under qemu: $(($(date +%s) - start)) s, $(stat -c %s "$work/prepared.mp4") bytes"
start=$(date +%s)
"$work/vprep" fit TestVideos/clips/hdr-hlg.mov -o "$work/fitted.mp4" --provider tencent --mode silent
.build/release/vprep fit TestVideos/clips/hdr-hlg.mov -o "$work/fitted-here.mp4" --provider tencent --mode silent
echo "arm64: fit of hdr-hlg.mov under qemu and here: $(($(date +%s) - start)) s, $(stat -c %s "$work/fitted.mp4") and $(stat -c %s "$work/fitted-here.mp4") bytes,$(
  ffmpeg -i "$work/fitted-here.mp4" -i "$work/fitted.mp4" -lavfi psnr -f null - 2>&1 | sed -n 's/.*PSNR.* average/ PSNR average/p')"
request='tencent --mode silent'
scripts/compare_reports.py record --only "$request" .build/release/vprep "$work/clips" >"$work/here.ndjson"
start=$(date +%s)
scripts/compare_reports.py record --only "$request" "$work/vprep" "$work/clips" >"$work/arm64.ndjson"
echo "arm64: kernels: $(sed -n 's/.*"kernels": "\([^"]*\)".*/\1/p' "$work/arm64.ndjson" | sort -u); ${#clips[@]} reports under qemu: $(($(date +%s) - start)) s"
scripts/compare_reports.py compare "$work/here.ndjson" "$work/arm64.ndjson"
