#!/usr/bin/env bash
# Compiles requirements/*.txt from pyproject.toml and the test Nominatim's pins, for Python 3.11 to 3.13 on every system, with hashes.
# Only what pyproject.toml no longer allows is changed; `tools/lock.sh --upgrade` takes the newest of everything.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"${PYTHON:-.venv/bin/python}" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install --quiet uv

compile() {
    env -u UV_CONSTRAINT -u UV_OVERRIDE "$scratch/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-header --no-annotate "$@"
}
compile pyproject.toml --group dev --extra notebook --output-file requirements/dev.txt "$@"
# The same versions, so that one environment can hold both.
compile pyproject.toml --group build --constraint requirements/dev.txt --output-file requirements/run.txt "$@"
# Nominatim for the tests, in an environment of its own; PyICU comes with the system's Python.
compile tests/nominatim/requirements.in --no-emit-package pyicu --output-file tests/nominatim/requirements.txt "$@"
