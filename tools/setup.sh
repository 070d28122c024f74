#!/usr/bin/env bash
# Prepares what the Makefile needs, once; a second run returns at once.
#   tools/setup.sh run       .venv with what the map needs
#   tools/setup.sh dev       .venv with what the tests need as well
#   tools/setup.sh browser   Chromium, WebKitGTK and a fixed font for the page tests, where this user may install them
set -euo pipefail
cd "$(dirname "$0")/.."

. tools/common.sh
stop() { say "$*"; exit 1; }

usable() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

find_python() {
    local name
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if usable "$name"; then
            printf '%s' "$name"
            return
        fi
    done
    stop "No usable Python among: ${PYTHON:-python3, python3.13, python3.12, python3.11}. Expected 3.11, 3.12 or 3.13;" \
        "install one (Debian, Ubuntu: apt-get install python3 python3-venv) or name yours: make map PYTHON=/path/to/python3.12"
}

create_venv() {
    local python package
    python=$(find_python)
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        apt_install "$package" || stop "Python's venv module is missing. Install it (Debian, Ubuntu: apt-get install $package) and run this again."
    fi
    "$python" -m venv --clear .venv || stop "No environment could be made in $PWD/.venv (see above). Check that you may write there."
}

# What .venv was prepared from; written into .venv/.ready-run or .venv/.ready-dev when that is done.
origin() { printf '%s %s' "$PWD" "$(cat "requirements/$1.txt" pyproject.toml | cksum)"; }
ready() { [ -x .venv/bin/python ] && [ "$(cat ".venv/.ready-$1" 2>/dev/null)" = "$(origin "$1")" ]; }

prepare() {
    # Settings of this machine that would change what is installed, or where. Its index stays in force.
    unset PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_ROOT
    export PIP_CONSTRAINT=/dev/null PIP_BUILD_CONSTRAINT=/dev/null PIP_USER=0 PIP_REQUIRE_HASHES=0
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

    say "Preparing the environment in .venv (once; a minute or two) ..."
    if ! usable .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        create_venv
    fi
    .venv/bin/python -m pip install -qq --require-hashes -r "requirements/$1.txt" &&
        .venv/bin/python -m pip install -qq --no-deps --no-build-isolation -e . ||
        stop "The installation failed (see above). Check the connection and run this again."
    origin "$1" >".venv/.ready-$1"
}

present() {
    local name
    for name in "$@"; do
        if command -v "$name" >/dev/null; then return; fi
    done
    return 1
}

# What the page tests drive; tests whose browser is missing are skipped.
browser() {
    local missing="so some page tests will be skipped. To run them (as root): apt-get install"
    present chromium chromium-browser google-chrome google-chrome-stable ||
        apt_install chromium || say "No Chromium, $missing chromium"
    { present WebKitWebDriver && present Xvfb; } ||
        apt_install webkit2gtk-driver xvfb || say "No WebKitGTK, $missing webkit2gtk-driver xvfb"
    [ -d /usr/share/fonts/truetype/liberation ] ||
        apt_install fonts-liberation || say "No Liberation fonts, $missing fonts-liberation"
}

case "${1:-}" in
    run) ready dev || ready run || prepare run ;;
    dev) ready dev || prepare dev ;;
    browser) browser ;;
    *) stop "Usage: tools/setup.sh run|dev|browser" ;;
esac
