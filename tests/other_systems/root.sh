# Roots of other releases, sourced by try.sh: minimal ones, made by mmdebstrap from the mirror that this machine uses.

say() { printf 'other_systems: %s\n' "$*"; }

# ctest knows this status as "skipped".
skip() {
  say "skipped: $*"
  exit 77
}

need_tools() {
  [ "$(id -u)" = 0 ] || skip "only root can make a root folder of another release"
  for tool in mmdebstrap bwrap git; do
    command -v $tool >/dev/null || skip "$tool is not installed"
  done
}

# mirror_of LABEL: where this machine gets packages of that label from, or nothing.
mirror_of() {
  apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' 'Component: main' 2>/dev/null |
    awk -v label="$1" '$1 == label { print $2; exit }'
}

# The lines of sources.list for release $1; nothing where this machine is no Debian, and then mmdebstrap
# takes its own.
sources() {
  mirror=$(mirror_of Debian)
  if [ -z "$mirror" ]; then return; fi
  echo "deb $mirror $1 main"
  echo "deb $mirror $1-updates main"
  security=$(mirror_of Debian-Security)
  if [ -n "$security" ]; then echo "deb $security $1-security main"; fi
}

# make_tar RELEASE TAR: a minimal root, as a file that is kept for a week.
make_tar() {
  if [ -n "$(find "$2" -mtime -7 2>/dev/null)" ]; then return; fi
  say "making a minimal root of $1, which takes about a minute"
  mkdir -p "$(dirname "$2")"
  options=$(mktemp)
  apt-config dump 2>/dev/null | grep -E '^Acquire::(https?|Check-)' >"$options" || true
  log=$(mktemp)
  if ! sources "$1" | mmdebstrap --variant=minbase --format=tar --aptopt="$options" "$1" "$2.new" - >"$log" 2>&1; then
    rm -f "$2.new"
    tail -n 15 "$log"
    skip "no root of $1 can be had; there may be no network. The log is in $log"
  fi
  mv "$2.new" "$2"
  rm -f "$options" "$log"
}

# make_root RELEASE FOLDER
make_root() {
  tar_file=${PSET3_ROOTS:-${XDG_CACHE_HOME:-$HOME/.cache}/pset3/roots}/$1.tar
  make_tar "$1" "$tar_file"
  mkdir -p "$2"
  tar -xf "$tar_file" -C "$2" --exclude=./dev
  mkdir -p "$2/dev"
  # What a crash of this machine would lose is of no worth.
  echo force-unsafe-io >"$2/etc/dpkg/dpkg.cfg.d/unsafe"
  cp /etc/resolv.conf "$2/etc/resolv.conf" 2>/dev/null || true
  # Packages of npm come from where this machine gets them, too, and are trusted for the same reason.
  npm config get registry 2>/dev/null | sed -n 's/^http/registry=http/p' >"$2/root/.npmrc"
  if [ -r "${NODE_EXTRA_CA_CERTS:-}" ]; then
    cp "$NODE_EXTRA_CA_CERTS" "$2/etc/npm_trusts.crt"
    echo cafile=/etc/npm_trusts.crt >>"$2/root/.npmrc"
  fi
}

# in_root FOLDER COMMAND…: the folder becomes / for the command, with a /proc and /sys as whole as a machine's.
# Below a chroot, or a /proc that hides something, no box can make namespaces.
in_root() {
  folder=$1
  shift
  unshare --mount --pid --fork --kill-child --mount-proc \
    bwrap --bind "$folder" / --dev /dev --dev-bind /proc /proc --dev-bind /sys /sys --unshare-uts \
    --hostname fresh --die-with-parent --cap-add ALL --chdir / --clearenv --setenv HOME /root \
    --setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --setenv LANG C.UTF-8 \
    --setenv TERM "${TERM:-dumb}" "$@"
}
