# The packages that pset3 needs, for machines without Debian. The repository itself is mounted:
#   docker build -t pset3 .
#   docker run -it --rm -v "$PWD":/pset3 pset3 ./pset3 demo
# tests/other_systems/try.sh runs the RUN lines in a root of the same release.
FROM debian:trixie-slim
COPY pset3 /opt/pset3/pset3
RUN /opt/pset3/pset3 --install test && rm -rf /var/lib/apt/lists/*
WORKDIR /pset3
