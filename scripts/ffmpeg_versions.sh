#!/usr/bin/env bash
# Whether the code that calls FFmpeg compiles, without a deprecated call, with the headers of other versions.
#   ffmpeg_versions.sh [SUITE...]
# SUITE is a release of Debian (trixie: FFmpeg 7.1; unstable: the newest); its headers are downloaded and
# nothing is installed. `swift build` must have run.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
libraries=(libavutil libavcodec libavformat libswscale libswresample)
# SwiftPM names the package after its folder.
package=$(basename "$here" | tr '[:upper:]' '[:lower:]')
built=$here/.build/debug

for suite in "${@:-trixie unstable}"; do
  for suite in $suite; do
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/headers"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $suite main" >"$work/sources.list"
    apt=(apt-get -qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
      -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
    "${apt[@]}" update
    (cd "$work" && "${apt[@]}" download "${libraries[@]/%/-dev}" 2>/dev/null)
    for file in "$work"/*.deb; do dpkg-deb -x "$file" "$work/root"; done
    for library in "${libraries[@]}"; do cp -r "$work"/root/usr/include/*/"$library" "$work/headers"; done

    options=(-typecheck -swift-version 6 -strict-memory-safety -package-name "$package" -module-name MediaIO
      -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature ExistentialAny
      -I "$built/Modules" -Xcc "-I$work/headers" -module-cache-path "$work/modules")
    for module in CFFmpeg CZlib; do options+=(-Xcc "-fmodule-map-file=$here/Sources/$module/module.modulemap"); done
    for module in CKernels CJPEG; do
      options+=(-Xcc "-fmodule-map-file=$built/$module.build/module.modulemap" -Xcc "-I$here/Sources/$module/include")
    done
    mapfile -t files < <(find Sources/MediaIO -name '*.swift')
    swiftc "${options[@]}" "${files[@]}" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
    if grep -q warning: "$work/log"; then cat "$work/log" >&2; exit 1; fi
    version=$(dpkg-deb -f "$work"/libavutil-dev_*.deb Version)
    echo "ffmpeg_versions: $suite, FFmpeg $version: no error, no warning"
    rm -rf "$work"
    trap - EXIT
  done
done
