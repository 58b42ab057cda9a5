#!/bin/sh
# Installs coach beside itself (once) and starts it. Everything after the name goes to coach: sh start.sh doctor
cd "$(dirname "$0")" || exit 1
. scripts/setup.sh
make_environment && install_pinned requirements.lock || exit 1
install_portaudio
if [ $# -eq 0 ] && ! { [ -t 0 ] && [ -t 1 ]; }; then
    say "coach is installed. This is not a terminal, so only a check is run; start the app with: sh start.sh"
    exec .venv/bin/coach doctor
fi
exec .venv/bin/coach "$@"
