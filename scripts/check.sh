#!/bin/bash
# Everything that can be said about the code without running it. Each step names itself.
set -eu
cd "$(dirname "$0")/.."
step() { printf '== %s\n' "$1"; shift; "$@"; }

schema_has_not_drifted() {
    mkdir -p build
    python manage.py spectacular --fail-on-warn --validate --file build/schema.yml
    diff -u frontend/src/api/schema.yml build/schema.yml || { echo "run: make types" >&2; return 1; }
    (cd frontend && npx --no-install openapi-typescript src/api/schema.yml \
        --output ../build/schema.d.ts --alphabetize --root-types=false >/dev/null)
    diff -u frontend/src/api/schema.d.ts build/schema.d.ts || { echo "run: make types" >&2; return 1; }
}

step "ruff" ruff check --quiet .
step "ruff format" ruff format --quiet --check .
step "mypy" mypy
step "import contracts" lint-imports --no-cache
step "migrations" python manage.py makemigrations --check --dry-run
step "django" python manage.py check --fail-level WARNING
step "API schema and types" schema_has_not_drifted
step "tsc" npm --prefix frontend run --silent typecheck
step "eslint" npm --prefix frontend run --silent lint
