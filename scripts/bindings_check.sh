#!/usr/bin/env bash
# Builds and runs the programs of Examples/ where nothing of this checkout is in reach: those in C and
# C++ against what `make install` has put into an empty folder, with pkg-config and with CMake (where it
# is there); Python's from the wheel in an empty environment; those in Node and Go (where it is there) over
# the program; the Swift package by the URL of a repository with a tag.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
clip=$PWD/TestVideos/clips/good-silent.mp4
prefix=$folder/prefix
examples=$PWD/Examples

say() { printf 'bindings-check: %s\n' "$*"; }
# ran NAME OUTPUT COMMAND...: the command accepts the clip, and has written the output.
ran() {
  local name=$1 output=$2
  shift 2
  (cd "$folder" && env -u VPREP_MODELS "$@" "$clip" "$output") >"$folder/log" ||
    { cat "$folder/log" >&2; say "$name: status $?" >&2; exit 1; }
  [ -s "$output" ] || { cat "$folder/log" >&2; say "$name has written nothing" >&2; exit 1; }
  say "$name runs"
}

make --no-print-directory install PREFIX="$prefix"
version=$(sed -n 's/^#define VPREP_VERSION "\(.*\)"/\1/p' "$prefix/include/vprep.h")
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
foreign=$(nm -D --defined-only "$prefix/lib/libvprep.so" | awk '$2 != "A" && $3 !~ /^vprep_/')
[ -z "$foreign" ] || { say "libvprep.so exports what is not its own:" "$foreign" >&2; exit 1; }
say "libvprep.so exports $(nm -D --defined-only "$prefix/lib/libvprep.so" | grep -c ' T vprep_') functions in $(stat -Lc %s "$prefix/lib/libvprep.so") bytes"

strict=(-Wall -Wextra -Wpedantic -Werror)
read -ra flags <<<"$(pkg-config --cflags --libs vprep) -Wl,-rpath,$prefix/lib"
clang -std=c99 "${strict[@]}" "$examples/c/gate.c" "${flags[@]}" -o "$folder/c"
ran "the program in C" "$folder/c.mp4" ./c
clang++ -std=c++17 "${strict[@]}" "$examples/cpp/gate.cpp" "${flags[@]}" -o "$folder/cpp"
ran "the program in C++" "$folder/cpp.mp4" ./cpp
if command -v cmake >/dev/null; then
  mkdir "$folder/cmake"
  cat >"$folder/cmake/CMakeLists.txt" <<CMAKE
cmake_minimum_required(VERSION 3.20)
project(gate C)
find_package(vprep ${version%.*} REQUIRED)
add_executable(gate $examples/c/gate.c)
target_link_libraries(gate vprep::vprep)
CMAKE
  cmake -S "$folder/cmake" -B "$folder/cmake/build" -DCMAKE_PREFIX_PATH="$prefix" >"$folder/log"
  cmake --build "$folder/cmake/build" >>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
  ran "the program that CMake builds" "$folder/cmake.mp4" cmake/build/gate
fi
# The binding in Docs/linking.md is a whole program, which is told no output.
cp "$clip" "$folder/selfie.mov"
sed -n '/^```python$/,/^```$/{//!p}' Docs/linking.md >"$folder/binding.py"
echo 'raise SystemExit(0 if status == 0 and report["tool"]["faceModel"] == "embedded" else report)' >>"$folder/binding.py"
(cd "$folder" && env -u VPREP_MODELS LD_LIBRARY_PATH="$prefix/lib" python3 binding.py)
say "the binding in Docs/linking.md runs"

scripts/wheel.sh .build/release/libVPrepC.so
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check --no-index python/dist/*.whl
ran "the program in Python" "$folder/python.mp4" python/bin/python "$examples/python/gate.py"
export PATH=$prefix/bin:$PATH
if command -v node >/dev/null; then
  ran "the program in Node" "$folder/node.mp4" node "$examples/node/gate.mjs"
fi
if command -v go >/dev/null; then
  ran "the program in Go" "$folder/go.mp4" env HOME="$folder" go run "$examples/go/main.go"
fi
make --no-print-directory uninstall PREFIX="$prefix"
left=$(find "$prefix" ! -type d)
[ -z "$left" ] || { say "uninstall has left" "$left" >&2; exit 1; }

for configuration in ${CONFIGURATIONS:-debug}; do
  programs=$(scripts/swift_examples.sh "$configuration")
  ran "the Swift package ($configuration)" "$folder/$configuration.mp4" "$programs/Gate"
done
