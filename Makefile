# Two commands matter: `make run` runs the site, `make test` tests all of it. `make help` lists more.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
PYTHON := $(VENV)/bin/python
# The environment's own node and npm come before any of the system.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
PORT ?= 8000
HOST ?= 127.0.0.1

BUILT := frontend/dist/manifest.json
FRONTEND_SOURCES := $(shell find frontend/src frontend/public frontend/*.json frontend/*.ts frontend/index.html -type f 2>/dev/null)

.PHONY: help run setup setup-dev test check bench types up lock

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 18

run: setup ## run the site on this machine: make run PORT=8000
	@$(PYTHON) manage.py serve --host $(HOST) --port $(PORT)

setup: $(VENV)/.runtime $(BUILT) ## virtual environment and front end

setup-dev: $(VENV)/.dev $(BUILT)

test: setup-dev ## everything: checks, SQLite, PostgreSQL, Redis, processes, browser
	@scripts/install-test-packages.sh
	@scripts/test.sh

check: setup-dev ## the fast checks: lint, types, contracts, drift
	@scripts/check.sh

bench: setup-dev ## measure, print a table, write build/bench.json
	@$(PYTHON) -m benchmarks

types: setup-dev ## the API's schema and its TypeScript types
	@scripts/write-types.sh

up: ## run with docker compose; a GPU: make up COMPOSE_PROFILES=gpu
	COMPOSE_PROFILES=$${COMPOSE_PROFILES:-cpu} docker compose up --build

lock: setup-dev ## pin the newest versions that pyproject.toml allows
	@scripts/lock.sh

$(VENV)/.created:
	@scripts/make-venv.sh "$(VENV)"
	@touch $@

$(VENV)/.runtime: requirements.lock | $(VENV)/.created
	@echo "Installing Python packages (PyTorch is large; minutes on a first run) ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the packages for tests ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json | $(VENV)/.runtime
	@echo "Installing the front end's packages ..."
	@cd frontend && npm ci --no-progress --loglevel=error
	@touch $@

$(BUILT): frontend/node_modules/.installed $(FRONTEND_SOURCES)
	@echo "Building the front end ..."
	@cd frontend && npm run --silent build
	@touch $@
