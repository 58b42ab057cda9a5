#!/bin/sh
# Installs what the tests need (once), then checks style, types and layers and runs the whole test suite.
# Everything after the name goes to pytest: sh test.sh -k store
# Everything runs, whatever is found on the way; the exit code is 0 only when nothing was found.
cd "$(dirname -- "$0")" || exit 1
. scripts/setup.sh
make_environment && install_pinned requirements-test.lock || exit 1
install_portaudio
# The virtual microphone of the end-to-end tests; without it they say why they are skipped.
command -v pulseaudio >/dev/null 2>&1 ||
    install_once pulseaudio pulseaudio pulseaudio-utils libasound2-plugins libportaudio2 ||
    say "PulseAudio is missing: the tests with a virtual microphone will be skipped."

failed=""
check() {
    say "== $1"
    name=$1
    shift
    .venv/bin/python "$@" || failed="$failed $name"
}
check style -m ruff check .
check format -m ruff format --check .
check types -m mypy
check layers .venv/bin/lint-imports
[ -z "$failed" ] || say "Not clean, and the reason for the exit code even if all tests pass:$failed"
check tests -m pytest "$@"
[ -z "$failed" ]
