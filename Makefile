# One door for people and CI. `make run` and `make test` set everything up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
export DAGSTER_HOME := $(CURDIR)

.DEFAULT_GOAL := help
.PHONY: help run test lint types layers ui serve rebuild soak servers cases commands bench guard vendor lock browser checkers pywb clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/python.ok:
	@command -v $(PYTHON) >/dev/null || { echo "Baskych needs Python 3.11, 3.12 or 3.13: '$(PYTHON)' was not found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Baskych needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$($(PYTHON) -V). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making a virtual environment in $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/core.ok: $(VENV)/python.ok locks/core.lock pyproject.toml
	@echo "Installing the locked packages (once, about a minute)"
	@$(PIP) install --no-deps --require-hashes -r locks/core.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/dev.ok: $(VENV)/core.ok locks/dev.lock locks/browser.lock locks/distributed.lock locks/dagster-cluster.lock locks/s3.lock
	@echo "Installing the development packages (once)"
	@$(PIP) install --no-deps --require-hashes -r locks/dev.lock
	@$(PIP) install --no-deps --require-hashes -r locks/browser.lock
	@$(PIP) install --no-deps --require-hashes -r locks/distributed.lock
	@$(PIP) install --no-deps --require-hashes -r locks/dagster-cluster.lock
	@$(PIP) install --no-deps --require-hashes -r locks/s3.lock
	@touch $@

run: $(VENV)/core.ok ## Harvest the sample republic and publish it; ends with the portal's address
	@$(BIN)/baskych run --country sample

test: $(VENV)/dev.ok browser checkers servers lint types layers ## Everything that must be green before a commit
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3

lint: $(VENV)/dev.ok
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/dev.ok
	@$(BIN)/mypy

layers: $(VENV)/dev.ok
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

browser: ## Debian's Chromium for the browser tests, where it can be installed
	@sh tests/chromium.sh

checkers: $(VENV)/dev.ok ## What judges pages in tests: axe-core, the Nu HTML checker, Lighthouse (where npm is)
	@sh tests/checkers.sh $(VENV)/checkers locks/checkers

pywb: $(VENV)/dev.ok ## pywb and py-wacz for the tests of archives, where they can be installed
	@PYTHON="$(CURDIR)/$(BIN)/python" sh tests/pywb.sh $(VENV)/pywb locks/pywb.lock

ui: $(VENV)/core.ok ## Dagster's web server and daemon, as two processes
	@$(BIN)/baskych ui

serve: $(VENV)/core.ok ## The published portal on loopback
	@$(BIN)/baskych serve

rebuild: $(VENV)/core.ok ## Redo, offline, all that follows from the captures
	@$(BIN)/baskych rebuild

soak: $(VENV)/dev.ok browser checkers servers pywb ## Kills and faults at scale (long)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -m soak

servers: ## PostgreSQL and Redis for the tests of several machines, where they can be installed
	@sh tests/servers.sh

cases: $(VENV)/dev.ok browser checkers ## The table of hostile cases, each with its tests and how they ended
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 -m "soak or not soak" --ignore tests/soak --cases tests/CASES.md

commands: $(VENV)/core.ok ## COMMANDS.md, from the commands themselves
	@$(BIN)/python -m pipelines.cli.reference > COMMANDS.md

bench: $(VENV)/dev.ok ## Performance, as ratios measured in one run
	@$(BIN)/python benchmarks/run.py

guard: $(VENV)/dev.ok ## A small run of the benchmarks: no ratio may fall behind benchmarks/guard.yml
	@$(BIN)/python benchmarks/guard.py

vendor: ## Make anew what readers' browsers run that is not ours (needs npm)
	@sh locks/vendor/make.sh

lock: ## Resolve the locks again (needs uv)
	@sh locks/lock.sh

clean: ## Remove the virtual environment and what Dagster remembers; data/ stays
	rm -rf $(VENV) .dagster
