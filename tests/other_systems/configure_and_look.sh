#!/bin/sh
# configure_and_look.sh program|test: configures, and fails when anything that the build has found comes from a package
# that ./pset3 does not name. For a minimal root, where nothing else is installed.
set -eu

cd "$(dirname "$0")/../.."
kind=$1
preset=release
if [ "$kind" = test ]; then preset=dev; fi
build=build/$preset

mkdir -p build
named=$(./pset3 --packages "$kind")
clang=$(echo "$named" | sed -n 's/^clang-\([0-9]*\)$/\1/p')
cmake --preset $preset -DCMAKE_CXX_COMPILER=/usr/bin/clang++-"$clang" >$build.log 2>&1 || {
  tail -n 30 $build.log
  echo "cmake --preset $preset fails in a fresh system: is a package missing in the lists of ./pset3?"
  exit 1
}

# Headers, libraries and folders that CMake looked for, and libraries that it links. Programs are not among
# them: ./pset3 asks for those themselves.
found_by_cmake() {
  sed -n 's/^[A-Za-z][^:]*:\(FILEPATH\|PATH\|INTERNAL\|UNINITIALIZED\)=\(\/usr\/.*\)$/\2/p' $build/CMakeCache.txt |
    tr ';' '\n' | grep -v '^/usr/bin/'
  grep -oE '/usr/lib[^ ;:$]*\.(so|a)[0-9.]*' $build/build.ninja
}

# Where the compiler looks for headers: the build's own folders first.
header_folders() {
  grep -ohE -e '-isystem /usr/[^ "\\]+' $build/compile_commands.json | sort -u | sed 's/-isystem //'
  echo /usr/include
  echo /usr/include/*-linux-gnu
  echo /usr/include/c++/*
}

# Headers that our sources include and that are not the standard library's. An #if that asks for a header
# may do without it.
headers() {
  folders=$(header_folders)
  sources="starter solution grader"
  if [ "$kind" = test ]; then sources="$sources tests"; fi
  find $sources -name '*.[ch]pp' -exec grep -L __has_include '{}' + | xargs grep -hoE '^ *# *include *<[^>]+>' |
    sed 's/.*<\(.*\)>/\1/' | sort -u | while read -r header; do
    place=
    for folder in $folders; do
      if [ -e "$folder/$header" ]; then place=$folder/$header; break; fi
    done
    case $place:$header in
      :*/* | :*.h | :*.hpp) echo "missing $header" ;;
      :*) ;;
      *) echo "$place" ;;
    esac
  done
}

# The package that a file is from. Debian 12 has some of /usr/lib in its lists as /lib.
package_of() {
  { dpkg -S "$1" 2>/dev/null || dpkg -S "${1#/usr}" 2>/dev/null || true; } | sed 's/:.*//; s/,.*//' | head -n 1
}

# What clang brings along, and the libraries that come with exactly one version of a named package.
brought=$(dpkg-query -W -f '${Depends}, ' $named | tr ',' '\n' | sed -n 's/^ *\([^ :]*\)[^ ]* (= .*/\1/p')
is_named() {
  case $1 in
    libc6-dev | linux-libc-dev | libstdc++-*-dev | libgcc-*-dev | libcrypt-dev | llvm-* | cmake-data) return 0 ;;
  esac
  printf '%s\n' "$named" "$brought" | grep -qxF "$1"
}

{ found_by_cmake; headers; } | sort -u >$build/found
status=0
while read -r file rest; do
  if [ "$file" = missing ]; then
    echo "no package brought <$rest>, which a source includes"
    status=1
    continue
  fi
  if [ ! -e "$file" ]; then continue; fi
  real=$(readlink -f "$file")
  # A folder of many packages is nobody's.
  if [ -d "$real" ] && [ "$(dpkg -S "$real" 2>/dev/null | tr ',' '\n' | wc -l)" -gt 1 ]; then continue; fi
  package=$(package_of "$file")
  if [ -z "$package" ]; then package=$(package_of "$real"); fi
  if [ -n "$package" ] && ! is_named "$package"; then
    echo "$file is from $package, which ./pset3 --packages $kind does not name"
    status=1
  fi
done <$build/found
echo "$(wc -l <$build/found) files and folders looked at, which preset $preset has found"
exit $status
