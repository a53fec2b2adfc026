#!/usr/bin/env bash
# Builds Examples/swift as a stranger would: vprep comes by the URL of a repository with a tag, which holds the
# last commit and no models. What was built of this commit before is used again.
#   swift_examples.sh [debug|release]
# Prints the folder of the programs.
set -euo pipefail
cd "$(dirname "$0")/.."

configuration=${1:-debug}
version=$(sed -n 's/^#define VPREP_VERSION "\(.*\)"/\1/p' Sources/CVPrep/include/vprep.h)
commit=$(git rev-parse HEAD)
# SwiftPM remembers which commit a version of a URL was, so each commit has a URL of its own.
folder=$PWD/.build/examples/$commit
if [ ! -d "$folder/vprep.git" ]; then
  rm -rf .build/examples
  mkdir -p "$folder"
  git clone --quiet --bare . "$folder/clone"
  git -C "$folder/clone" tag --force "$version" >/dev/null
  mv "$folder/clone" "$folder/vprep.git"
fi
mkdir -p "$folder/swift"
cp -r Examples/swift/Package.swift Examples/swift/Sources "$folder/swift"
build=(swift build --quiet -c "$configuration" --package-path "$folder/swift")
export VPREP_URL=file://$folder/vprep.git
env -u VPREP_MODELS "${build[@]}" >&2
"${build[@]}" --show-bin-path
