# `make` alone lists the targets. Everything runs from .venv, which is built from the hashed locks.

PYTHON ?= python3
PORT ?= 8000
JOBS ?= auto
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input -qq install --require-hashes --no-deps
SOURCES := $(wildcard booking tests tools config.py wsgi.py)
LOCK := uv pip compile --quiet --generate-hashes --universal --python-version 3.11
NEUTRAL := --no-emit-index-url --no-emit-find-links
KEYWORDS := -k _l -k lazy_gettext -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2
CATALOGUES := translations
TEMPLATE_OF_TEXTS := var/messages.pot
TEMPLATE_OF_EASY := var/easy.pot
EXTRACT := $(VENV)/bin/pybabel -q extract $(KEYWORDS) --no-location --sort-output --omit-header
UPDATE := $(VENV)/bin/pybabel -q update -d $(CATALOGUES) --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
export PORT
export FLASK_APP ?= wsgi.py

.DEFAULT_GOAL := help
.PHONY: help venv venv-dev run test check lint types imports bench lock demo db mail-preview translations format css journeys clean
.DELETE_ON_ERROR:

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# ------------------------------------------------------------------ environment

$(PY):
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo >&2 "There is no '$(PYTHON)' here: install Python 3.11 or newer, or say where it is with make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo >&2 "'$(PYTHON)' is $$($(PYTHON) --version 2>&1), but 3.11 or newer is needed: say where one is with make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo >&2 "'$(PYTHON)' cannot make virtual environments: install its venv package (Debian and Ubuntu: apt install python3-venv) and try again."; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.runtime: requirements.txt $(PY)
	@echo "Installing what the platform needs into $(VENV) (once, well under a minute) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what building and testing need into $(VENV) (once) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

venv: $(VENV)/.runtime ## make .venv with what the platform needs to run

venv-dev: $(VENV)/.dev ## the same, and what building and testing need

# --------------------------------------------------------------------- running

run: $(VENV)/.runtime ## the platform with a demo week on http://localhost:8000 (PORT=... for another)
	@exec $(VENV)/bin/flask serve --demo

demo: $(VENV)/.runtime ## fill an empty database with a demo week and print the staff sign-ins
	@$(VENV)/bin/flask demo

db: $(VENV)/.runtime ## bring the database to the newest schema
	@$(VENV)/bin/flask db upgrade

mail-preview: $(VENV)/.runtime ## every mail that the platform sends, shown in the browser
	@$(VENV)/bin/flask mail preview

# --------------------------------------------------------------------- checking

check: lint types imports ## for the desk: lint, types, imports and the fast tests on SQLite
	$(PY) -m pytest -n $(JOBS) -m "not browser and not race and not postgres"

test: lint types imports ## all that CI runs: check, and PostgreSQL, race and browser tests
	$(PY) -m pytest -n $(JOBS) --dist worksteal

lint: $(VENV)/.dev ## ruff: rules and layout
	$(PY) -m ruff check
	$(PY) -m ruff format --check

types: $(VENV)/.dev ## mypy, strict
	$(PY) -m mypy $(SOURCES)

imports: $(VENV)/.dev ## floors and rooms: who may import whom
	$(VENV)/bin/lint-imports --no-logo

bench: $(VENV)/.dev ## how fast it is, beside the limit of this machine (BENCH="--quick", "--full", "--start")
	@$(PY) -m tools.bench $(BENCH)

format: $(VENV)/.dev ## lay the code out, and mend what ruff can mend
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

# ------------------------------------------------------------------- maintaining

lock: ## pin requirements*.in with hashes (UPGRADE=--upgrade for newer versions); needs uv
	@command -v uv >/dev/null 2>&1 || { echo >&2 "'make lock' needs the program uv: install it (pipx install uv) and try again."; exit 1; }
	$(LOCK) $(UPGRADE) requirements.in -o requirements.txt $(NEUTRAL)
	$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt $(NEUTRAL)

translations: $(VENV)/.runtime ## collect the texts, bring the catalogues up to date, compile them
	@mkdir -p $(dir $(TEMPLATE_OF_TEXTS))
	$(EXTRACT) -F babel.cfg -o $(TEMPLATE_OF_TEXTS) .
	$(EXTRACT) -F babel-easy.cfg -o $(TEMPLATE_OF_EASY) .
	@test -d $(CATALOGUES)/de || $(VENV)/bin/pybabel -q init -i $(TEMPLATE_OF_TEXTS) -d $(CATALOGUES) -l de
	@test -f $(CATALOGUES)/de/LC_MESSAGES/easy.po || $(VENV)/bin/pybabel -q init -D easy -i $(TEMPLATE_OF_EASY) -d $(CATALOGUES) -l de
	$(UPDATE) -i $(TEMPLATE_OF_TEXTS)
	$(UPDATE) -D easy -l de -i $(TEMPLATE_OF_EASY)
	$(VENV)/bin/pybabel -q compile -d $(CATALOGUES) -D "messages easy"

css: $(VENV)/.dev ## write the part of KERN that our pages use (after using a class of it for the first time)
	$(PY) -m tools.trim_css

journeys: $(VENV)/.dev ## walk the needs of citizens in a browser, and write docs/journeys with new pictures
	JOURNEYS=write $(PY) -m pytest -q tests/browser/journeys

clean: ## remove .venv and all caches; the data in var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find booking tests tools migrations -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
