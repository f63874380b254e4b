#!/bin/bash
# The API's schema as the front end sees it, and the TypeScript types made of it.
set -eu
cd "$(dirname "$0")/.."
python manage.py spectacular --fail-on-warn --validate --file frontend/src/api/schema.yml
cd frontend
npm run --silent types
