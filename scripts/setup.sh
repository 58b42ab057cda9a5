# Shared by start.sh and test.sh: makes .venv in this folder and installs what is pinned. Safe to run twice.
# Plain sh, since nothing but Python can be expected on a new machine. All talk goes to standard error.

say() { printf '%s\n' "$*" >&2; }

# Runs a command as root where that needs no password; fails quietly elsewhere.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

# apt-get that cannot ask anything: its output is hidden, so a question would look like a standstill.
# The variables stand behind `env`, because sudo does not hand them on.
apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a \
        apt-get -qq -o DPkg::Lock::Timeout=60 "$@" </dev/null >/dev/null 2>&1
}

# Installs Debian packages where that is allowed. The list of packages is only fetched when it is needed.
debian_install() {
    command -v apt-get >/dev/null 2>&1 && as_root true || return 1
    say "Installing $* with apt-get ..."
    apt_get install -y --no-install-recommends "$@" && return 0
    apt_get update && apt_get install -y --no-install-recommends "$@" && return 0
    say "That did not work."
    return 1
}

# install_once NAME PACKAGES...: tries once in the life of .venv, so that a start without internet stays quick.
install_once() {
    tried=".venv/.tried-$1"
    shift
    [ -f "$tried" ] && return 1
    : >"$tried"
    debian_install "$@"
}

is_suitable() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null; }

find_python() {
    for name in python3.11 python3.12 python3; do
        if command -v "$name" >/dev/null 2>&1 && is_suitable "$name"; then
            printf '%s' "$name"
            return 0
        fi
    done
    return 1
}

environment_works() { [ -x .venv/bin/python ] && is_suitable .venv/bin/python && .venv/bin/python -c 'import pip' 2>/dev/null; }

# new_venv PYTHON [OPTION]: an empty .venv; nothing of a broken one stays. What went wrong is left in $told.
new_venv() {
    rm -rf .venv
    told=$("$1" -m venv $2 .venv 2>&1) && return 0
    rm -rf .venv
    return 1
}

# Debian keeps the pip for new environments in a package of its own. Where that cannot be installed, another pip of
# this machine can put one into the environment.
borrow_pip() {
    new_venv "$1" --without-pip || return 1
    for lender in "$1" python3; do
        if "$lender" -m pip --python .venv/bin/python install -qq pip >/dev/null 2>&1 && environment_works; then return 0; fi
    done
    rm -rf .venv
    return 1
}

make_environment() {
    environment_works && return 0
    find_python >/dev/null || debian_install python3.11 python3.11-venv || debian_install python3.12 python3.12-venv
    python=$(find_python) || {
        say "coach needs Python 3.11 or 3.12, and there is none here under the name python3.11, python3.12 or python3."
        say "Install one (for example: sudo apt install python3.11 python3.11-venv), then run this again."
        return 1
    }
    say "Making an environment in .venv ..."
    new_venv "$python" && environment_works && return 0
    problem=$told
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        borrow_pip "$python" && return 0
        say "Python could not make an environment in $(pwd)/.venv. It says:"
        say "$(printf '%s\n' "$problem" | tail -n 1)"
        return 1
    fi
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    debian_install "$package" && new_venv "$python" && environment_works && return 0
    borrow_pip "$python" && return 0
    say "A part of Python is missing that makes environments. On Debian and Ubuntu: sudo apt install $package"
    say "Without root, a pip for $python is enough, if you can get one. Then run this again."
    return 1
}

# install_pinned LOCKFILE: everything in the lock file, by hash, then coach itself; skipped when nothing changed.
# What counts is the lock file, the project, the Python and the folder (a moved checkout is installed anew).
install_pinned() {
    stamp=".venv/.installed-$1"
    tag=$(.venv/bin/python -c 'import sys; print(sys.implementation.cache_tag)')
    wanted="$(cat "$1" pyproject.toml | cksum) $tag $(uname -m) $(pwd)"
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return 0; fi
    say "Installing what is pinned in $1 (some minutes the first time, about 500 MB) ..."
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$1" &&
        .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . || {
        say "The installation did not finish. Check the internet connection and the disk, then run this again."
        return 1
    }
    printf '%s\n' "$wanted" >"$stamp"
}

has_portaudio() { .venv/bin/python -c 'import sounddevice' >/dev/null 2>&1; }

install_portaudio() {
    has_portaudio && return 0
    install_once portaudio libportaudio2 && has_portaudio && return 0
    say "The sound library PortAudio is missing: coach works, but without a microphone."
    say "On Debian and Ubuntu: sudo apt install libportaudio2"
}
