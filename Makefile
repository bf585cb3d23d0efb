# Everything that a fresh machine with Python 3.11+ needs: `make demo`, `make test`.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
# each process of pytest would compile three hundred files again
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo serve test check format quality bench torture mutation nightly lock clean

help: ## Show this help
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	  || { echo "onrecord needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "the venv module is missing: on Debian, apt install python3-venv"; exit 1; }
	@echo "Installing the locked dependencies into .venv (about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --no-deps --require-hashes --only-binary :all: -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: $(STAMP) ## Make the virtual environment .venv from the lock

demo: $(STAMP) ## Ingest seeds/ into a local SQLite file, serve the API and the page
	@$(BIN)/onrecord demo

serve: $(STAMP) ## Serve the store named by ONRECORD_STORE
	@$(BIN)/onrecord serve

test: $(STAMP) ## Run everything that a fresh machine can run
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(STAMP) ## Format, lint, types, import contracts and the fast tests
	@$(BIN)/ruff format --quiet --check . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --cache-dir .cache/import-linter > .cache/imports.txt || { cat .cache/imports.txt; exit 1; }
	@$(BIN)/python -m pytest -m "not slow" -n 2 --dist loadfile

format: $(STAMP) ## Format the code and mend what can be mended
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

quality: $(STAMP) ## Measure extraction: GOLD=FILE or FOLDER of your own, ERRORS=1 lists mistakes
	@$(BIN)/python -m tests.quality $(GOLD) $(if $(ERRORS),--errors)

bench: $(STAMP) ## Measure beside floors; SIZES=10000,100000 for longer histories, JSON=FILE
	@$(BIN)/python -m tests.benchmarks
	@$(BIN)/python -m tests.benchmarks.history --sizes $(or $(SIZES),10000) $(if $(JSON),--json $(JSON))

torture: $(STAMP) ## Kill processes and servers, cut the power, fail calls: many times
	@ONRECORD_KILLS=$${ONRECORD_KILLS:-600} ONRECORD_ACKNOWLEDGED=$${ONRECORD_ACKNOWLEDGED:-100000} \
	  ONRECORD_CRASHES=$${ONRECORD_CRASHES:-50} ONRECORD_IMAGES=$${ONRECORD_IMAGES:-10000} \
	  ONRECORD_FAULTS=$${ONRECORD_FAULTS:-4} $(BIN)/python -m pytest -s tests/torture

mutation: $(STAMP) ## Make the domain wrong in a thousand places: is a test red?
	@PYTHONHASHSEED=0 nice $(BIN)/python -m tests.mutation $(if $(SAMPLE),--sample $(SAMPLE))

nightly: $(STAMP) ## Search the laws with 10,000 examples each, or EXAMPLES=N; tell how many were tried
	@HYPOTHESIS_PROFILE=nightly ONRECORD_EXAMPLES=$(or $(EXAMPLES),10000) \
	  $(BIN)/python -m pytest -n 2 --dist worksteal tests/properties tests/domain

lock: ## Pin the dependencies with their hashes (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header --quiet pyproject.toml --extra postgresql -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header --quiet pyproject.toml --extra en --extra ru --extra postgresql --group dev -o requirements-dev.lock

clean: ## Remove the virtual environment and caches
	rm -rf .venv .cache .hypothesis .ruff_cache build *.egg-info
