#!/bin/sh
# Makes the environment of the program `make schema-fuzz` sends requests with: it is no part of the product's.
set -eu
cd "$(dirname "$0")/.."

home=.venv-schemathesis
lock=installer/schemathesis-requirements.txt
stamp=$home/.ready-$(sha256sum "$lock" | cut -c1-16)
[ -e "$stamp" ] && exit 0

rm -rf "$home"
"${PYTHON:-python3}" -m venv "$home"
"$home/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
touch "$stamp"
