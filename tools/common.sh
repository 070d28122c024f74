# What the set-up scripts share; sourced by them.

say() { printf '%s\n' "$*" >&2; }

# Installs Debian packages as root or with a sudo that asks no password; otherwise fails.
apt_install() {
    local sudo=""
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || { sudo="sudo -n"; $sudo true 2>/dev/null || return 1; }
    say "Installing $* with apt-get ..."
    $sudo apt-get update -qq </dev/null >/dev/null &&
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" </dev/null >/dev/null
}
