#!/bin/sh
# Resolve each lock for Python 3.11 to 3.13, with hashes and without addresses. Run by `make lock`.
set -eu
compile() {
    name=$1; shift
    uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links \
        --no-annotate --python-version 3.11 --custom-compile-command "make lock" --output-file "locks/$name.lock" "$@"
    if grep -q '://' "locks/$name.lock"; then echo "locks/$name.lock names an address" >&2; exit 1; fi
}
compile core pyproject.toml locks/build.in
# First what pins the AWS library most narrowly; moto takes the same.
compile s3 --constraint locks/core.lock --extra s3 pyproject.toml
compile dev --constraint locks/core.lock --constraint locks/s3.lock --extra dev pyproject.toml
compile browser --constraint locks/core.lock --constraint locks/dev.lock --extra browser pyproject.toml
compile dagster-cluster --constraint locks/core.lock --constraint locks/dev.lock --extra dagster-cluster pyproject.toml
compile distributed --constraint locks/core.lock --constraint locks/dev.lock --extra distributed pyproject.toml
compile pywb locks/pywb.in
