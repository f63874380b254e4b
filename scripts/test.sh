#!/bin/bash
# The whole suite. The last command is pytest, so that its summary is the last line.
set -eu
cd "$(dirname "$0")/.."
step() { printf '\n== %s\n' "$1"; }

scripts/check.sh
step "front end's unit tests"
npm --prefix frontend run --silent test
step "pytest on PostgreSQL"
python -m tests.servers pytest tests/cases tests/trainer
step "pytest on SQLite, with real processes and a real browser"
exec pytest
