#!/bin/sh
# Sets a checkout up: Debian packages when root, a virtual environment from the hashed lock, the command `chuangkou`.
# Does nothing when nothing has changed since the last time.
set -eu
cd "$(dirname "$0")/.."

lock=installer/requirements.lock
packages=$(sed '/^#/d' installer/debian-packages.txt)
stamp=.venv/.ready-$(cat "$lock" installer/debian-packages.txt pyproject.toml | sha256sum | cut -c1-16)
[ -e "$stamp" ] && exit 0

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "chuangkou needs Python 3.11 or newer; install python3 (Debian 12 has it) or name one with PYTHON=…" >&2
    exit 2
}

if command -v dpkg-query >/dev/null; then
    missing=
    for package in $packages; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        if [ "$(id -u)" = 0 ]; then
            echo "Installing Debian packages:$missing"
            apt-get update -qq
            # shellcheck disable=SC2086 # a list of names
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
        else
            echo "Missing Debian packages; run: sudo apt-get install --no-install-recommends$missing" >&2
            exit 2
        fi
    fi
fi

echo "Making the virtual environment .venv"
rm -rf .venv
"$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
# A checkout has no byte code yet, and some machines forbid Python to write any on the way.
.venv/bin/python -m compileall -q app ui printing devices sync
touch "$stamp"
