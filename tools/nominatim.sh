#!/usr/bin/env bash
# A real Nominatim over tests/nominatim/caracas.osm, for tests/test_nominatim.py.
#   tools/nominatim.sh install   Debian packages and .nominatim/venv; says whether it can be used, never fails
#   tools/nominatim.sh ready     succeed if it can be used
#   tools/nominatim.sh start     serve it on this machine (import it first, if new) and print the address
#   tools/nominatim.sh stop      end both servers; the import is kept for the next start
#   tools/nominatim.sh remove    stop, and remove everything
set -eEuo pipefail
cd "$(dirname "$0")/.."

STATE=$PWD/.nominatim
PYTHON=$STATE/venv/bin/python
OSM=$PWD/tests/nominatim/caracas.osm
PINS=$PWD/tests/nominatim/requirements.txt
# PostgreSQL refuses to run as root and its user may not be able to read this folder: the cluster lives elsewhere,
# under a short path (a socket's may have 107 characters) that .nominatim/home links to.
HOME_LINK=$STATE/home
PACKAGES=(postgresql postgresql-postgis postgresql-postgis-scripts osm2pgsql python3-venv python3-icu)

. tools/common.sh
stop_with() { say "$*"; exit 1; }
skip() { say "$* The real-geocoder test will be skipped."; exit 0; }

# Newest PostgreSQL that has PostGIS; Debian keeps its programs out of PATH.
find_pg() {
    local control
    control=$(ls -v /usr/share/postgresql/*/extension/postgis.control 2>/dev/null | tail -n 1)
    [ -n "$control" ] || return 1
    PG_BIN=/usr/lib/postgresql/$(basename "$(dirname "$(dirname "$control")")")/bin
    [ -x "$PG_BIN/initdb" ] && [ -x "$PG_BIN/pg_ctl" ]
}

has_debian_parts() {
    find_pg && command -v osm2pgsql >/dev/null && /usr/bin/python3 -c 'import icu, ensurepip, venv' 2>/dev/null
}

# What .nominatim/venv was prepared from.
origin() { printf '%s %s' "$PWD" "$(cksum <"$PINS")"; }
ready() { has_debian_parts && [ -x "$PYTHON" ] && [ "$(cat "$STATE/venv/.ready" 2>/dev/null)" = "$(origin)" ]; }

install() {
    if ! has_debian_parts; then
        apt_install "${PACKAGES[@]}" || skip "Not installed, and apt-get cannot install them here: ${PACKAGES[*]}."
        has_debian_parts || skip "Of ${PACKAGES[*]}, this system's do not fit."
    fi
    if ! ready; then
        say "Preparing Nominatim in .nominatim/venv (once; a minute) ..."
        unset PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_ROOT
        export PIP_CONSTRAINT=/dev/null PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
        # Debian's Python, for it sees Debian's PyICU; PyPI has that only as source.
        /usr/bin/python3 -m venv --clear --system-site-packages "$STATE/venv" &&
            "$PYTHON" -m pip install -qq --no-deps --require-hashes -r "$PINS" || skip "Nominatim could not be installed (see above)."
        origin >"$STATE/venv/.ready"
    fi
    say "A real Nominatim can be used: the real-geocoder test will run."
}

# Runs a PostgreSQL program as a user that it accepts.
as_pg() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

ask_cluster() { (cd / && as_pg "$PG_BIN/pg_ctl" -D "$(readlink "$HOME_LINK")/pg" "$@") >>"$STATE/log" 2>&1 </dev/null; }

# A new cluster that only this folder's reader can reach: no TCP, its socket in a folder of its own.
new_cluster() {
    local home
    home=$(cd / && as_pg mktemp -d /tmp/mapper-nominatim.XXXXXX)
    ln -sfn "$home" "$HOME_LINK"
    (cd / && as_pg "$PG_BIN/initdb" -D "$home/pg" -U nominatim --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync) >>"$STATE/log" 2>&1
}

start_cluster() {
    if ask_cluster status; then return; fi
    ask_cluster start -w -l "$(readlink "$HOME_LINK")/pg.log" \
        -o "-c listen_addresses='' -c unix_socket_directories=$(readlink "$HOME_LINK") -c fsync=off -c jit=off"
}

nominatim() { "$STATE/venv/bin/nominatim" "$@" --project-dir "$STATE/project" </dev/null >>"$STATE/log" 2>&1; }

import() {
    local wanted
    wanted="$(cat "$OSM" "$PINS" "$PWD/tools/nominatim.sh" | cksum)"
    if [ -d "$HOME_LINK/pg" ] && [ "$(cat "$STATE/imported" 2>/dev/null)" = "$wanted" ]; then
        start_cluster
        return
    fi
    say "Importing ${OSM#"$PWD"/} into Nominatim (once) ..."
    remove_import
    mkdir -p "$STATE/project"
    new_cluster
    start_cluster
    cat >"$STATE/project/.env" <<-END
		NOMINATIM_DATABASE_DSN=pgsql:host=$(readlink "$HOME_LINK");user=nominatim;dbname=nominatim
		NOMINATIM_DATABASE_WEBUSER=nominatim
		NOMINATIM_TOKENIZER=icu
		NOMINATIM_IMPORT_STYLE=full
		NOMINATIM_USE_US_TIGER_DATA=no
	END
    nominatim import --osm-file "$OSM" --no-updates --offline --osm2pgsql-cache 50 -j 2
    printf '%s' "$wanted" >"$STATE/imported"
}

answers() { "$PYTHON" -c 'import sys, urllib.request as r; r.build_opener(r.ProxyHandler({})).open(sys.argv[1] + "/status", timeout=5)' "$1" 2>/dev/null; }

serve() {
    local port address tries
    port=$("$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    address=http://127.0.0.1:$port
    setsid "$STATE/venv/bin/nominatim" serve --engine falcon --server "127.0.0.1:$port" --project-dir "$STATE/project" \
        </dev/null >>"$STATE/log" 2>&1 &
    printf '%s' "$!" >"$STATE/pid"
    for tries in $(seq 60); do
        if answers "$address"; then
            printf '%s\n' "$address" | tee "$STATE/address"
            return
        fi
        sleep 0.5
    done
    return 1
}

start() {
    ready || stop_with "Nominatim is not installed: run tools/nominatim.sh install first."
    : >"$STATE/log"
    stop_server
    # Not in an `if` or `||`, where bash would go on after a failed step.
    trap 'say "Nominatim did not start. The end of .nominatim/log:"; tail -n 20 "$STATE/log" >&2' ERR
    import
    serve
}

stop_server() {
    local pid
    pid=$(cat "$STATE/pid" 2>/dev/null) || return 0
    # The number may be another process's by now.
    if grep -qzF "$STATE/project" "/proc/$pid/cmdline" 2>/dev/null; then kill "$pid"; fi
    rm -f "$STATE/pid" "$STATE/address"
}

stop() {
    stop_server
    if find_pg && [ -d "$HOME_LINK/pg" ] && ask_cluster status; then ask_cluster stop -m fast -w; fi
}

remove_import() {
    stop
    if [ -L "$HOME_LINK" ]; then rm -rf "$(readlink "$HOME_LINK")"; fi
    rm -rf "$HOME_LINK" "$STATE/project" "$STATE/imported"
}

case "${1:-}" in
    install) install ;;
    ready) ready ;;
    start) start ;;
    stop) stop ;;
    remove) remove_import && rm -rf "$STATE" ;;
    *) stop_with "Usage: tools/nominatim.sh install|ready|start|stop|remove" ;;
esac
