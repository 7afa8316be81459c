#!/bin/sh
# Lock the packages: requirements.lock (the book) and requirements-dev.lock (and what its tests and checks need) with the hash of each
# file, constraints.txt with the book's versions alone, for those who install requirements.txt with pip. Every file is there ready-made
# for the Pythons and systems below, so that nobody needs a compiler.
# usage: lock.sh BIN [--upgrade] (the virtual environment's folder of programs)
set -eu
bin=$1
compile() { "$bin/uv" pip compile - --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-annotate --no-header "$@" >/dev/null; }
cat requirements.txt requirements-dev.txt | grep -v '^-' | compile --output-file requirements-dev.lock ${2:+"$2"}
grep -v '^-' requirements.txt | compile --constraint requirements-dev.lock --output-file requirements.lock
sed -n 's/^\([^ ]*==.*[^ ]\) *\\$/\1/p' requirements.lock >constraints.txt
for system in x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu x86_64-apple-darwin aarch64-apple-darwin x86_64-pc-windows-msvc; do
    for python in 3.11 3.12 3.13; do
        "$bin/uv" pip compile requirements-dev.lock --quiet --no-deps --only-binary :all: --python-platform $system --python-version $python --output-file /dev/null
    done
done
