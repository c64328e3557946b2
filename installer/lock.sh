#!/bin/sh
# Writes the hashed lock anew from pyproject.toml, without any index address in it. Needs `uv` on the PATH.
set -eu
cd "$(dirname "$0")/.."
uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file installer/requirements.lock
! grep -nE '(https?|file)://' installer/requirements.lock
