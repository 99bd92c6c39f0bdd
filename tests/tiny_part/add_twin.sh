#!/bin/sh
# add_twin.sh CLANG++: gives a copy of the repository one part more, a twin of the tiny part, and proves that this
# takes a folder in each of six places and one line of the list of parts. Configures the copy and compiles the
# files of the new part and the list; that such a part is graded as any other is what tiny_part_test shows.
set -eu

clang=$1
source=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
tiny=$source/tests/tiny_part
work=$(mktemp -d "${TMPDIR:-/tmp}/pset3-twin-XXXXXX")
trap 'rm -rf "$work"' EXIT
tree=$work/tree

fail() {
  echo "add_twin: $*"
  exit 1
}

copy_repository() {
  mkdir "$tree"
  for path in CMakeLists.txt pset3 starter solution grader fixtures handouts tests; do
    cp -r "$source/$path" "$tree/"
  done
}

# The files of the tiny part below $1, with the twin's name instead of its own.
copy_folder() {
  cp -r "$tiny/$1/t0_tiny" "$tree/$1/p9_tiny"
  find "$tree/$1/p9_tiny" -type f -exec sed -i 's/t0/p9/g; s/tiny_part_test/p9_test/' '{}' +
}

add_twin() {
  for folder in starter solution grader/parts fixtures tests/parts; do copy_folder $folder; done
  sed 's/t0/p9/g' "$tiny/handouts/t0_tiny.md" >"$tree/handouts/p9_tiny.md"
  sed -i '/^#define PSET3_PARTS/a\  PART(p9, p9_tiny)                    \\' "$tree/grader/parts/parts.cpp"
}

# What differs between the repository and its copy, a line each.
touched() {
  for path in starter solution grader fixtures handouts tests CMakeLists.txt pset3; do
    diff -rq "$source/$path" "$tree/$path" | sed "s,$source/,,; s,$tree/,,g"
  done
}

expected='Only in starter: p9_tiny
Only in solution: p9_tiny
Files grader/parts/parts.cpp and grader/parts/parts.cpp differ
Only in grader/parts: p9_tiny
Only in fixtures: p9_tiny
Only in handouts: p9_tiny.md
Only in tests/parts: p9_tiny'

copy_repository
add_twin
found=$(touched)
[ "$(echo "$found" | sort)" = "$(echo "$expected" | sort)" ] || fail "the twin touches other places: $found"
lines=$(diff "$source/grader/parts/parts.cpp" "$tree/grader/parts/parts.cpp" | grep -c '^[<>]')
[ "$lines" = 1 ] || fail "the list of parts differs in $lines lines, not in one"

# Without optimisation and precompiled headers, since so little is compiled.
cmake -S "$tree" -B "$work/build" -G Ninja -DCMAKE_CXX_COMPILER="$clang" -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DCMAKE_UNITY_BUILD=OFF -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON -DPSET3_WERROR=ON \
  >"$work/configure.log" 2>&1 || { tail -n 20 "$work/configure.log"; fail "it does not configure"; }
# The twin's own objects and the list's: libraries that they are linked with would take minutes.
list=grader/parts/CMakeFiles/pset3_parts.dir/parts.cpp.o
objects=$(ninja -C "$work/build" -t targets all | sed -n 's/^\([^ ]*p9_tiny[^ ]*\.o\):.*/\1/p' | grep -v '^tests/')
cmake --build "$work/build" --target $objects $list >"$work/build.log" 2>&1 || {
  grep -E 'error|FAILED' "$work/build.log" | head -n 20
  fail "it does not build"
}
for folder in starter solution grader/parts; do
  echo "$objects" | grep -q "^$folder/" || fail "nothing is built for $folder"
done
nm -C "$work/build/$list" | grep -q 'U pset3::judge::p9::checks' || fail "the list does not know the twin's judge"
for target in run_p9 p9_test; do
  ninja -C "$work/build" -t query $target >/dev/null || fail "there is no target $target"
done
echo "The twin of the tiny part is a part."
