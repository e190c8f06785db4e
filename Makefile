# Everything a newcomer needs: `make demo`, `make test`. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
LOCKS := requirements/run.lock requirements/build.lock
SERVER_TESTS := tests/ledger tests/roster tests/claims tests/outcomes tests/desk --ignore tests/roster/reading
# Compiles the engines' loops, or finds them compiled: both at once, a minute of CPU.
WARM := $(BIN)/python -m zaigang.engines.entitlement.many & $(BIN)/python -m zaigang.engines.matching && wait $$!
.DEFAULT_GOAL := help
.PHONY: help install install-dev demo test test-server check bench soak messages law lock clean

help: ## List these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: $(VENV)/.installed ## Prepare .venv with the zaigang command in it
	@$(WARM)

$(VENV)/.installed: $(LOCKS) pyproject.toml src/zaigang/look/assets/package-lock.json src/zaigang/locale/en/LC_MESSAGES/django.po
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Zaigang needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock -r requirements/build.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python scripts/messages.py compile
	$(BIN)/python -m zaigang.look.fetch_assets
	@touch $@

install-dev: $(VENV)/.installed-dev ## Also the tools for tests and checks

$(VENV)/.installed-dev: $(VENV)/.installed requirements/dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

demo: install ## An invented closure of 1,419 people, served on this machine (PORT=8000)
	$(BIN)/zaigang demo --port $(or $(PORT),8000)

test: install-dev ## All tests, with a real browser
	scripts/ensure_chromium.sh
	$(WARM)
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

test-server: install-dev ## The database's tests again on Debian's PostgreSQL, where it is installed
	@if test -x /usr/lib/postgresql/15/bin/initdb; then \
	  ZAIGANG_TEST_POSTGRES=/usr/lib/postgresql/15/bin $(BIN)/pytest -q -n 2 --dist loadfile $(SERVER_TESTS); \
	else echo 'No /usr/lib/postgresql/15 here: the tests ran on the embedded PostgreSQL only.'; fi

check: install-dev ## Style, types, layers, migrations, templates, messages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	DATABASE_URL=$${DATABASE_URL:-postgres:///unused} ZAIGANG_HOME=$$(mktemp -d) DJANGO_SETTINGS_MODULE=config.settings.dev $(BIN)/python -W ignore -m django makemigrations --check --dry-run --skip-checks
	$(BIN)/python scripts/check_templates.py
	$(BIN)/python scripts/messages.py missing

$(VENV)/.installed-bench: $(VENV)/.installed-dev requirements/bench.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.lock
	@touch $@

bench: $(VENV)/.installed-bench ## Measurements, as ratios against named peers (minutes)
	$(BIN)/python -m benchmarks

soak: install-dev ## Slow proofs: imports killed at many moments (minutes)
	$(BIN)/pytest -q -m soak tests/soak

messages: install-dev ## Collect translatable strings into the English catalogue
	$(BIN)/python scripts/messages.py extract

law: install-dev ## Write docs/law/ from the parameter files
	PYTHONPATH=src:. $(BIN)/python scripts/law_pages.py

lock: ## Renew the lock files (needs uv)
	for name in run build dev bench; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements/$$name.in -o requirements/$$name.lock; done

clean: ## Remove what was built here
	rm -rf $(VENV) .npm-assets src/zaigang/look/static/vendor test-output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
