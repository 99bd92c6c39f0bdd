#!/bin/sh
# try.sh RELEASE STEP…: tries this repository in a minimal root of a Debian release. README.md lists the steps.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
repository=$(git -C "$here" rev-parse --show-toplevel)
. "$here/root.sh"

release=${1:?try.sh RELEASE STEP…, for instance: try.sh trixie demo}
shift

pset3_in_root() { in_root "$root" sh -c 'cd /pset3 && exec "$@"' sh "$@"; }

# The files that git knows, as they are now: what a clone of the next commit would hold.
copy_repository() {
  git clone --quiet "$repository" "$root/pset3"
  git -C "$repository" ls-files -z --cached --others --exclude-standard |
    (cd "$repository" && tar -c --null --ignore-failed-read -T - 2>/dev/null) | tar -x -C "$root/pset3"
}

# Runs the step and says how long it took.
timed() {
  say "$release: $*"
  began=$(date +%s)
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
    fresh | dockerfile | demo | whole | unit | selftest) timed "$step" ;;
    *)
      say "no step \"$step\"; there are: fresh dockerfile demo whole unit selftest"
      exit 2 ;;
  esac
done
