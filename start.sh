#!/bin/sh
# Installs coach beside itself (once) and starts it. Everything after the name goes to coach: sh start.sh doctor
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
# In a subshell, so that coach is started in the caller's folder and finds the files that are named on the command line.
(
    cd "$root" && . scripts/setup.sh && make_environment && install_pinned requirements.lock || exit 1
    install_portaudio
) || exit 1
# -P: a folder or file of the caller that happens to be called like a module is not taken for it.
if [ $# -eq 0 ] && ! { [ -t 0 ] && [ -t 1 ]; }; then
    "$root/.venv/bin/python" -P -m coach doctor </dev/null
    printf '\n%s\n' "coach is installed. This is not a terminal window; in one, start the app with: sh $root/start.sh" >&2
    exit 0
fi
exec "$root/.venv/bin/python" -P -m coach "$@"
