#!/bin/sh
# build_and_check.sh PSET3 CLANG++: makes a student's release of p1, builds it and checks three submissions with it: the
# untouched starter, the solution, and the solution with a bug. Where it can, it shows the release to the build under
# the repository's own path, so that the compiler cache has most of it.
set -eu

program=$1
clang=$2
repository=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/pset3-release-XXXXXX")
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

fail() {
  echo "student_release: $*"
  exit 1
}

"$program" author release student --out "$work/pset3" --parts p1 || fail "it cannot be made"
mkdir "$work/unpacked" "$work/solution"
(cd "$work/unpacked" && python3 -m zipfile -e "$work/pset3.zip" .)
cp -r "$repository/solution/p1_space_carving" "$work/solution/"
cp -r "$work/solution" "$work/buggy"
sed -i 's/return kept;/return kept.topRows(0);/' "$work/buggy/p1_space_carving/carve.cpp"

cat >"$work/steps.sh" <<'STEPS'
set -eu
work=$1
tree=$2
clang=$3
cd "$tree"
cmake --preset dev -DCMAKE_CXX_COMPILER="$clang" >"$work/build.log" 2>&1 || { tail -n 20 "$work/build.log"; exit 1; }
cmake --build --preset dev --target pset3 check_p1 >>"$work/build.log" 2>&1 ||
  { grep -E 'error|FAILED' "$work/build.log" | head -n 20; exit 1; }
pset3=$tree/build/dev/grader/app/pset3
"$pset3" --help >"$work/help.txt"
for name in starter solution buggy; do
  folder=$work/$name
  if [ $name = starter ]; then folder=$tree/starter; fi
  status=0
  "$pset3" check --dir "$folder" --json "$work/$name.json" >"$work/$name.txt" 2>&1 || status=$?
  echo $status >"$work/$name.status"
done
STEPS

began=$(date +%s)
if [ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null; then
  unshare --mount sh -c 'mount --bind "$1/unpacked/pset3" "$2" && exec sh "$1/steps.sh" "$1" "$2" "$3"' \
    sh "$work" "$repository" "$clang" || fail "it does not build"
else
  sh "$work/steps.sh" "$work" "$work/unpacked/pset3" "$clang" || fail "it does not build"
fi
echo "built and checked in $(($(date +%s) - began)) s"

if grep -qE '^ *(author|grade|demo)\b' "$work/help.txt"; then fail "it has verbs for TAs"; fi
[ "$(cat "$work/starter.status")" = 1 ] || fail "the starter: $(cat "$work/starter.txt")"
[ "$(cat "$work/solution.status")" = 0 ] || fail "the solution: $(cat "$work/solution.txt")"
[ "$(cat "$work/buggy.status")" = 1 ] || fail "the bug: $(cat "$work/buggy.txt")"
python3 - "$work" <<'LOOK' || fail "the results are not as they should be"
import json, sys
results = {name: json.load(open(f"{sys.argv[1]}/{name}.json")) for name in ("starter", "solution", "buggy")}
checks = results["solution"]["tests"]
assert results["starter"]["score"] == 0, results["starter"]["score"]
assert {t["extra_data"]["verdict"] for t in results["starter"]["tests"]} <= {"not_attempted", "blocked"}
assert all(t["score"] == t["max_score"] for t in checks) and len(checks) > 8
assert results["solution"]["extra_data"]["parts"][0]["not_judged"]["count"] > 0, "says what is hidden"
wrong = [t for t in results["buggy"]["tests"] if t["score"] < t["max_score"]]
assert wrong and any(t["extra_data"]["mistakes"] for t in wrong), "names the mistake"
LOOK
