# Shared by start.sh and test.sh: makes .venv and installs what is pinned. Safe to run twice.
# Plain sh, since nothing but Python 3.11 can be expected on a new machine.

say() { printf '%s\n' "$*" >&2; }

# Runs a command as root where that needs no password; fails quietly elsewhere.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

# Installs Debian packages where that is allowed. The list of packages is only fetched when it is needed.
debian_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    as_root apt-get update -qq >/dev/null 2>&1 || return 1
    as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

find_python() {
    for name in python3.11 python3.12 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null; then
            printf '%s' "$name"
            return 0
        fi
    done
    say "coach needs Python 3.11 or 3.12. Install it with: sudo apt install python3"
    return 1
}

make_environment() {
    if [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then return 0; fi
    python=$(find_python) || return 1
    say "Making an environment in .venv ..."
    if "$python" -m venv .venv >/dev/null 2>&1; then return 0; fi
    rm -rf .venv
    debian_install python3-venv "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" ||
        debian_install python3-venv
    if "$python" -m venv .venv >/dev/null 2>&1; then return 0; fi
    rm -rf .venv
    say "Python's venv module is missing. Install it with: sudo apt install python3-venv"
    return 1
}

# install_pinned LOCKFILE: everything in the lock file, by hash, then coach itself; skipped when nothing changed.
install_pinned() {
    stamp=".venv/.installed-$1"
    wanted=$(cat "$1" pyproject.toml | cksum)
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return 0; fi
    say "Installing what is pinned in $1 (some minutes the first time, about 500 MB) ..."
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$1" &&
        .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . || {
        say "The installation did not finish. Check the internet connection and the disk, then run this again."
        return 1
    }
    printf '%s' "$wanted" >"$stamp"
}

has_portaudio() { .venv/bin/python -c 'import sounddevice' >/dev/null 2>&1; }

install_portaudio() {
    has_portaudio && return 0
    debian_install libportaudio2 && has_portaudio && return 0
    say "The sound library PortAudio is missing; coach starts without a microphone."
    say "Install it with: sudo apt install libportaudio2"
}
