# `make demo` tries it, `make test` proves it; each sets itself up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo demo-reset test soak install check fmt bench gallery screenshots lock

demo: $(STAMP)
	@exec $(BIN)/python -m bot demo

demo-reset: $(STAMP)
	@$(BIN)/python -m bot demo --reset

test: $(STAMP)
	$(BIN)/pytest -n 3 --dist loadfile

# What takes minutes: load, and workers that are killed again and again.
soak: $(STAMP)
	$(BIN)/pytest -m soak -s

install: $(STAMP)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m scripts.check_manifest
	$(BIN)/python -m scripts.catalogues check
	$(BIN)/python -m scripts.audit

fmt: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	$(BIN)/python -m benchmarks

# ARGS="--language de" shows it in German, ARGS="--shots pictures" takes a picture of everything instead.
gallery: $(STAMP)
	@exec $(BIN)/python -m scripts.gallery $(ARGS)

# The pictures in the README and the guides, from the running demo.
screenshots: $(STAMP)
	$(BIN)/python -m scripts.screenshots

# The two locks, from pyproject.toml; hashes only, no address of any index.
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links pyproject.toml
lock: $(STAMP)
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --output-file requirements-dev.lock

$(STAMP): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	@echo "Setting up $(VENV) (about a minute, once)…"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
