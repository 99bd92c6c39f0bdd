#!/bin/sh
# try.sh RELEASE STEP…: tries this repository in a minimal root of a Debian release. README.md lists the steps.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
repository=$(git -C "$here" rev-parse --show-toplevel)
. "$here/root.sh"

release=${1:?try.sh RELEASE STEP…, for instance: try.sh trixie demo}
shift

pset3_in_root() { in_root "$root" sh -c 'cd /pset3 && exec "$@"' sh "$@"; }

as_ann() { in_root "$root" su ann -c "cd && cd pset3 && $1"; }

# The release that students get, made by a built program ($PSET3_PROGRAM) or in the root, and nothing of the repository.
# Root installs the packages; a user who may not do that does what its README says.
student() {
  if [ -n "${PSET3_PROGRAM:-}" ]; then
    "$PSET3_PROGRAM" author release student --out "$root/srv/pset3" --parts p1
  else
    pset3_in_root ./pset3 author release student --out /srv/pset3 --parts p1
  fi
  mv "$root/pset3" "$root/hidden_repository" && chmod 700 "$root/hidden_repository"
  in_root "$root" sh -c '
    set -e
    /srv/pset3/pset3 --install
    useradd -m ann && cp -r /srv/pset3 /root/.npmrc /home/ann/ && chown -R ann: /home/ann'
  # 1 is the exit status of a check that fails: nothing is written yet.
  timed as_ann './pset3 check p1; [ $? = 1 ]'
  timed as_ann './pset3 run p1; [ $? = 1 ]'
  cp "$repository/solution/p1_space_carving/"*.cpp "$root/home/ann/pset3/starter/p1_space_carving/"
  for command in "check p1" "run p1" "pack p1"; do timed as_ann "./pset3 $command"; done
  mv "$root/hidden_repository" "$root/pset3"
}

# /autograder as Gradescope lays it out, with the archive that it is given: set up once, then the solution, the same again, a
# submission that does not compile, and one that is killed in the middle.
gradescope() {
  if [ -n "${PSET3_PROGRAM:-}" ]; then
    "$PSET3_PROGRAM" author release gradescope --out "$root/autograder.zip" --parts "${PSET3_PARTS:-p1}"
  else
    pset3_in_root ./pset3 author release gradescope --out /autograder.zip --parts "${PSET3_PARTS:-p1}"
  fi
  mv "$root/pset3" "$root/hidden_repository" && chmod 700 "$root/hidden_repository"
  mkdir -p "$root/autograder/source" "$root/autograder/results" "$root/autograder/submission"
  (cd "$root/autograder/source" && python3 -m zipfile -e "$root/autograder.zip" .)
  cp "$root/autograder/source/run_autograder" "$root/autograder/run_autograder"
  chmod +x "$root/autograder/run_autograder" "$root/autograder/source/setup.sh" "$root/autograder/source/pset3/pset3"
  timed in_root "$root" /autograder/source/setup.sh
  echo '{"created_at": "2026-11-22T10:00:00.000000-08:00", "assignment": {"due_date": "2026-11-20T23:59:00.000000-08:00"}}' \
    >"$root/autograder/submission_metadata.json"
  cp -r "$repository/solution/p1_space_carving/." "$root/autograder/submission/"
  for turn in first second; do autograde "$turn" 35; done
  sed -i 's/return kept;/return kept/' "$root/autograder/submission/carve.cpp"
  autograde broken 15
  sed -i 's/return kept$/for (;;) {} return kept;/' "$root/autograder/submission/carve.cpp"
  in_root "$root" sh -c '
    /autograder/run_autograder & run=$!
    until grep -q "Not judged yet" /autograder/results/results.json; do
      kill -0 $run && sleep 0.1 || exit 1
    done
    kill -KILL $run'
  expect_score killed 0
  mv "$root/hidden_repository" "$root/pset3"
}

autograde() {
  timed in_root "$root" /autograder/run_autograder
  expect_score "$1" "$2"
}

# expect_score NAME POINTS: what Gradescope would read after that run.
expect_score() {
  python3 -c '
import json, sys
name, points, path = sys.argv[1:]
results = json.load(open(path))
print(name, "score", results["score"], "box", results["extra_data"]["box_level"])
print(results["output"])
sys.exit(results["score"] != float(points))' "$1" "$2" "$root/autograder/results/results.json" ||
    { say "the $1 run: expected $2 points, see above for what came"; return 1; }
}

# The first class of a TA and the first releases of an instructor, in a clone where nothing is built.
teacher() {
  python3 "$here/write_download.py" "$repository/solution/p1_space_carving" "$root/srv"
  timed pset3_in_root ./pset3 grade /srv/download.zip --roster /srv/class.csv --parts p1 --dry-run
  timed pset3_in_root ./pset3 grade /srv/download.zip --roster /srv/class.csv --parts p1 --out /srv/grades
  for command in "gradebook init" "gradebook import /srv/grades" "gradebook sheet --out /srv/written.csv" \
    "export csv --out /srv/grades.csv" "author release student --out /srv/pset3" \
    "author release gradescope --parts p1 --out /srv/autograder.zip"; do
    timed pset3_in_root ./pset3 $command
  done
  cat "$root/srv/grades.csv"
}

# The files that git knows, as they are now: what a clone of the next commit would hold.
copy_repository() {
  git clone --quiet "$repository" "$root/pset3"
  git -C "$repository" ls-files -z --cached --others --exclude-standard |
    (cd "$repository" && tar -c --null --ignore-failed-read -T - 2>/dev/null) | tar -x -C "$root/pset3"
}

# Runs the step and says how long it took.
timed() {
  local began
  began=$(date +%s)
  say "$release: $*"
  "$@"
  say "$release: $* took $(($(date +%s) - began)) s"
}

fresh() {
  for kind in program test; do
    pset3_in_root ./pset3 --install $kind
    pset3_in_root sh tests/other_systems/configure_and_look.sh $kind
  done
}

# What the Dockerfile runs, so that its steps are tried where Docker is not.
dockerfile() {
  mkdir -p "$root/opt/pset3"
  cp "$repository/pset3" "$root/opt/pset3/"
  sed -n 's/^RUN //p' "$repository/Dockerfile" >"$root/opt/pset3/steps"
  in_root "$root" sh -eux /opt/pset3/steps
}

demo() {
  pset3_in_root ./pset3 demo
  timed pset3_in_root ./pset3 demo
}

whole() { pset3_in_root ./pset3 test; }

unit() {
  pset3_in_root ./pset3 --install test
  pset3_in_root sh -c '
    clang=$(./pset3 --packages | sed -n "s/^clang-//p")
    cmake --preset dev -DCMAKE_CXX_COMPILER=/usr/bin/clang++-$clang &&
    cmake --build --preset dev --target unit_tests && ctest --preset dev -L unit'
}

selftest() {
  for part in p1 p0 p2 p3 p4; do
    timed pset3_in_root ./pset3 author selftest --part $part
  done
}

need_tools
root=$(mktemp -d "${TMPDIR:-/tmp}/pset3-$release-XXXXXX")
if [ -z "${PSET3_KEEP_ROOT:-}" ]; then trap 'rm -rf --one-file-system "$root"' EXIT; fi
make_root "$release" "$root"
in_root "$root" apt-get update -qq -o APT::Update::Error-Mode=any ||
  skip "the packages of $release cannot be reached"
copy_repository
for step in "$@"; do
  case $step in
    fresh | dockerfile | demo | whole | unit | selftest | student | gradescope | teacher) timed "$step" ;;
    *)
      say "no step \"$step\"; there are: fresh dockerfile demo whole unit selftest student gradescope teacher"
      exit 2 ;;
  esac
done
