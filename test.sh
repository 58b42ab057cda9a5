#!/bin/sh
# Installs what the tests need (once), then checks style, types and layers and runs the whole test suite.
# Everything after the name goes to pytest: sh test.sh -k store
cd "$(dirname "$0")" || exit 1
. scripts/setup.sh
make_environment && install_pinned requirements-test.lock || exit 1
install_portaudio
# The virtual microphone of the end-to-end tests; without it they say why they are skipped.
command -v pulseaudio >/dev/null 2>&1 ||
    debian_install pulseaudio pulseaudio-utils libasound2-plugins libportaudio2 ||
    say "PulseAudio is missing: the tests with a virtual microphone will be skipped."
status=0
.venv/bin/ruff check . || status=1
.venv/bin/ruff format --check . || status=1
.venv/bin/mypy || status=1
.venv/bin/lint-imports || status=1
.venv/bin/python -m pytest "$@" || status=1
exit $status
