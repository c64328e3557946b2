#!/bin/sh
# Writes the hashed locks anew, without any index address in them: the product's from pyproject.toml, and that of the
# program `make schema-fuzz` sends requests with. Needs `uv` on the PATH.
set -eu
cd "$(dirname "$0")/.."
locked() {
    file=$1 && shift
    uv pip compile "$@" --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file "$file"
    if grep -nE '(https?|file)://' "$file"; then exit 1; fi
}
locked installer/requirements.lock pyproject.toml --extra dev
echo schemathesis | locked installer/schemathesis-requirements.txt -
