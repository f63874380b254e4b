#!/bin/bash
# The whole suite. The last command is pytest, so that its summary is the last line.
set -eu
cd "$(dirname "$0")/.."
step() { printf '\n== %s\n' "$1"; }

scripts/check.sh
step "front end's unit tests"
npm --prefix frontend run --silent test
# A site of real processes and a browser take both cores of a small machine: one after the other.
step "pytest with real processes and a real browser"
pytest tests/system tests/e2e
# Elsewhere two test processes of one thread each; a file's tests stay together, for its fixtures.
export OMP_NUM_THREADS=1
beside="-n 2 --dist loadfile --no-loadscope-reorder"
step "pytest on PostgreSQL"
python -m tests.servers pytest $beside tests/cases tests/trainer
step "pytest on SQLite"
exec pytest $beside --ignore=tests/system --ignore=tests/e2e
