#!/bin/sh
# Makes the two lock files anew (needs uv). The run-time one is a part of the test one, so both fit one environment.
cd "$(dirname "$0")/.." || exit 1
compile() {
    uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-annotate --custom-compile-command "sh scripts/lock.sh" -q "$@"
}
compile --extra test --extra build -o requirements-test.lock &&
    compile --extra build -c requirements-test.lock -o requirements.lock
