#!/bin/sh
# Gradescope runs this once, as root, when it builds the image: installs, builds and makes ready all that does not
# depend on a submission.
set -eu
source=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

. /etc/os-release
case "$ID ${VERSION_ID:-}" in
  "debian 12" | "debian 13") ;;
  *)
    echo "setup.sh: this image is ${PRETTY_NAME:-$ID}; pset3's packages are tried on Debian 12 and 13 alone." >&2
    echo "setup.sh: build an image from the Dockerfile in this archive and name it to Gradescope." >&2
    exit 2 ;;
esac

# The user that submissions run as gets no further than this folder. What is below keeps its modes, since copies of
# headers and libraries are for that user.
chmod -R go+rX "$source"
chmod 700 "$source"
"$source/pset3/pset3" --install
"$source/pset3/pset3" gradescope --prepare --secret "$source/course_secret" --run @RUN@
