# Two commands matter on the first day: `make sandbox` and `make test`. Both begin with the set-up, which does nothing
# when all is done.
.DEFAULT_GOAL := help
.PHONY: help sandbox test setup lint typecheck monitors unit clean
SHELL := /bin/bash
PYTHON ?= python3
PYTEST_OPTIONS ?=
LOOKOUT := .venv/bin/lookout

help:
	@echo 'make sandbox   set everything up, then provision the whole platform into a local account and show it'
	@echo 'make test      set everything up, then run every check and test'
	@echo
	@echo 'Also: make setup | lint | typecheck | monitors | unit (PYTEST_OPTIONS="-k name") | clean (removes .venv)'
	@echo 'Another Python than python3: make sandbox PYTHON=/path/to/python3.11'

sandbox: setup
	@$(LOOKOUT) first-run

# One after the other whatever `-j` says: a quick check that fails spares the wait for the tests.
test: setup
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory typecheck
	@$(MAKE) --no-print-directory monitors
	@$(MAKE) --no-print-directory unit

setup:
	@$(PYTHON) -m lookout.bootstrap

lint: setup
	@.venv/bin/python -m ruff check --quiet . && .venv/bin/python -m ruff format --quiet --check .
	@echo 'lint: fine'

typecheck: setup
	@.venv/bin/python -m mypy --no-error-summary
	@.venv/bin/python -m mypy --no-error-summary tests
	@echo 'types: fine'

monitors: setup
	@$(LOOKOUT) check
	@$(LOOKOUT) test

# Two at a time, a file's tests together: they share what their module provisioned.
unit: setup
	@.venv/bin/python -m pytest -q -n 2 --dist loadfile $(PYTEST_OPTIONS)

clean:
	@rm -rf .venv && echo 'removed .venv; the engine stays in your cache folder'
