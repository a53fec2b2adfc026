#!/usr/bin/env bash
# Puts what `make build` has built where programs look for it, or removes it from there.
#
#   install.sh install|uninstall BUILD DESTDIR PREFIX LIBDIR VERSION SONAME
#
# With a DESTDIR, which is for packages, everything lies below it, and files name PREFIX alone. STRIP=no
# leaves the symbols in, which packages keep apart.
set -euo pipefail
cd "$(dirname "$0")/.."

action=$1 build=$2 destination=$3 prefix=$4 libraries=$5 version=$6 soname=$7

# What is installed, without DESTDIR; the manual has a page for each command as well.
files=(
  "$prefix/bin/vprep"
  "$prefix/include/vprep.h"
  "$libraries/libvprep.so.$version" "$libraries/$soname" "$libraries/libvprep.so"
  "$libraries/pkgconfig/vprep.pc"
  "$libraries/cmake/vprep/vprep-config.cmake" "$libraries/cmake/vprep/vprep-config-version.cmake"
  "$prefix/share/bash-completion/completions/vprep"
  "$prefix/share/zsh/site-functions/_vprep"
  "$prefix/share/fish/vendor_completions.d/vprep.fish"
  "$prefix/share/man/man1/vprep.1" "$prefix/share/man/man3/vprep.3"
)

if [ "$action" = uninstall ]; then
  for file in "${files[@]}"; do rm -f "$destination$file"; done
  rm -f "$destination$prefix"/share/man/man1/vprep-*.1
  rmdir "$destination$libraries/cmake/vprep" 2>/dev/null || true
  echo "vprep is removed from $destination$prefix."
  exit
fi

# put MODE SOURCE FILE: a file under its name without DESTDIR.
put() { install -D -m "$1" "$2" "$destination$3"; }
# fill TEMPLATE FILE
fill() {
  sed -e "s|@PREFIX@|$prefix|g" -e "s|@LIBDIR@|$libraries|g" -e "s|@VERSION@|$version|g" \
    -e "s|@SONAME@|$soname|g" -e "s|@MAJOR@|${version%%.*}|g" "Packaging/$1" >"$made/$1"
  put 644 "$made/$1" "$2"
}

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
if [ "${STRIP-}" = no ]; then
  cp "$build/vprep" "$made/vprep"
  cp "$build/libVPrepC.so" "$made/library"
else
  strip -o "$made/vprep" "$build/vprep"
  strip --strip-unneeded -o "$made/library" "$build/libVPrepC.so"
fi
put 755 "$made/vprep" "$prefix/bin/vprep"
put 644 "$made/library" "$libraries/libvprep.so.$version"
ln -sf "libvprep.so.$version" "$destination$libraries/$soname"
ln -sf "$soname" "$destination$libraries/libvprep.so"
put 644 Sources/CVPrep/include/vprep.h "$prefix/include/vprep.h"
fill vprep.pc.in "$libraries/pkgconfig/vprep.pc"
fill vprep-config.cmake.in "$libraries/cmake/vprep/vprep-config.cmake"
fill vprep-config-version.cmake.in "$libraries/cmake/vprep/vprep-config-version.cmake"

for shell in bash zsh fish; do
  "$build/vprep" --generate-completion-script "$shell" >"$made/$shell"
done
put 644 "$made/bash" "$prefix/share/bash-completion/completions/vprep"
put 644 "$made/zsh" "$prefix/share/zsh/site-functions/_vprep"
put 644 "$made/fish" "$prefix/share/fish/vendor_completions.d/vprep.fish"
python3 scripts/man.py "$build/vprep" Sources/CVPrep/include/vprep.h "$made/man"
for page in "$made"/man/*/*; do
  put 644 "$page" "$prefix/share/man/${page#"$made/man/"}"
done

for file in "${files[@]}"; do
  [ -e "$destination$file" ] || { echo "install: $destination$file was not made" >&2; exit 1; }
done
echo "vprep $version is in $destination$prefix."
[ -z "$destination" ] || exit 0
# What the loader has found is in its cache; a folder that it does not know stays unknown.
if ldconfig -v -N 2>/dev/null | grep -q "^$(realpath "$libraries"):" ||
  /sbin/ldconfig -v -N 2>/dev/null | grep -q "^$(realpath "$libraries"):"; then
  echo "Run 'ldconfig' as root, so that programs find $soname."
else
  echo "The loader does not look into $libraries. So that programs find $soname, link them with"
  echo "-Wl,-rpath,$libraries, or name the folder in /etc/ld.so.conf.d/vprep.conf and run 'ldconfig' as root."
fi
[ "$prefix" = /usr ] || [ "$prefix" = /usr/local ] ||
  echo "So that pkg-config finds it: export PKG_CONFIG_PATH=$libraries/pkgconfig"
