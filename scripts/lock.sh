#!/bin/bash
# Writes both lock files. They name versions alone: no registry, no folder of this machine.
set -eu
cd "$(dirname "$0")/.."
pin() {
    pip-compile --quiet --no-header --no-annotate --strip-extras --allow-unsafe \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
        --output-file "$@" pyproject.toml
}
pin requirements.lock --extra node
pin requirements-dev.lock --extra node --extra dev --constraint requirements.lock
# A local build's suffix (torch 2.13.0+cpu) is this machine's, not the project's.
sed -i -E 's/^([a-z0-9-]+==[^+]+)\+.*/\1/' requirements.lock requirements-dev.lock
