# make setup   a .venv with everything pinned          make run   ingest samples/ and open the app
# make test    set up, lint, check types, run tests    make ask Q="..."    make eval [DATASET=...]

VENV    := .venv
BIN     := $(VENV)/bin
STAMP   := $(VENV)/.installed
# What to install beside the core; `make setup EXTRAS=dev` leaves torch out.
EXTRAS  ?= dev,models
PYTHON  ?= $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p && break; done)
BUDGETQA_STORE ?= data

export BUDGETQA_STORE

.PHONY: setup run app samples test lint types pytest ask eval clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'budgetqa needs Python 3.11 or newer; name one with: make setup PYTHON=...' >&2; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@echo "installing into $(VENV); the first time takes a few minutes"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e ".[$(EXTRAS)]"
	@touch $@

run: setup
	$(BIN)/budgetqa ingest samples
	$(BIN)/budgetqa app

app: setup
	$(BIN)/budgetqa app

# The question reaches the shell through the environment, so that no character of it is run or expanded.
ask: export QUESTION := $(value Q)
ask: setup
	@test -n "$$QUESTION" || { echo 'usage: make ask Q="how much is budgeted for meetings?"' >&2; exit 2; }
	@test -e "$(BUDGETQA_STORE)" || $(BIN)/budgetqa ingest samples >&2
	@$(BIN)/budgetqa ask -- "$$QUESTION"

# All of it on the samples and, where they are at hand, the shared documents; or one DATASET over the store.
eval: setup
ifdef DATASET
	@test -e "$(BUDGETQA_STORE)" || $(BIN)/budgetqa ingest samples
	$(BIN)/budgetqa eval $(DATASET)
else
	$(BIN)/python -m eval.everything
endif

test: lint types pytest

lint: setup
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

pytest: setup
	$(BIN)/python -m pytest -q

clean:
	rm -rf $(VENV) data build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
