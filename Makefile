# Everything runs in an environment of its own, .venv; the first target that needs it makes it.
# Needs make and a Python of 3.11 or newer. Another one: make venv PYTHON=/path/to/python

SHELL := /bin/bash
RUN := .venv/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet
CHECKED := words agents model scenarios experiments workshop
PYTHON ?=

.DEFAULT_GOAL := help
.PHONY: help venv demo test mutation slow lint docs words contact bench patterns validation sweeps clean

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

venv: .venv/ready  ## the environment, from the lock

# Also checked: that this Python can make environments (Debian splits that off), and runs at all.
.venv/ready: requirements.lock pyproject.toml
	@python="$(PYTHON)"; \
	if [ -z "$$python" ]; then \
	  for name in python3.13 python3.12 python3.11 python3; do \
	    if $$name -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	      python=$$name; break; \
	    fi; \
	  done; \
	fi; \
	if [ -z "$$python" ]; then \
	  echo "make: no Python of 3.11 or newer (with its venv module) was found; name one with PYTHON=..." >&2; exit 1; \
	fi; \
	if [ ! -x $(RUN) ]; then echo "Making .venv with $$python"; $$python -m venv .venv; fi
	@echo "Installing what requirements.lock lists (a minute or two)"
	@$(PIP) install --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(PIP) check
	@touch $@

demo: .venv/ready  ## a first experiment: pay and voting rule in one neighbourhood
	@.venv/bin/linli demo

# First what may run beside other work, a file to a core; then, one by one, what measures time.
test: .venv/ready  ## the fast tests (the first run compiles the model: one to three minutes more)
	@$(RUN) -m pytest -q -m "not slow and not alone" -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
	@$(RUN) -m pytest -q -m "alone and not slow" tests/workshop

mutation: .venv/ready  ## the stories without each coefficient they are about (also part of make test)
	@$(RUN) -m pytest -q -m "mutation and not slow" tests/stories

slow: .venv/ready  ## the slow tests
	@$(RUN) -m pytest -q -m slow

lint: .venv/ready  ## style, types and who may import whom
	@$(RUN) -m ruff check .
	@mkdir -p .mypy_cache/as_imported/linli
	@for folder in $(CHECKED); do ln -sfn ../../../$$folder .mypy_cache/as_imported/linli/$$folder; done
	@$(RUN) -m mypy $(addprefix -p linli.,$(CHECKED))
	@.venv/bin/lint-imports

docs: .venv/ready  ## the generated tables of docs/
	@$(RUN) docs/make_tables.py

words: .venv/ready  ## the Chinese catalogue, in step with what the code says (words/zh.po)
	@$(RUN) docs/make_words.py

contact: .venv/ready  ## every figure in both languages on one page each (docs/figures)
	@$(RUN) tests/figures/sheet.py

bench: .venv/ready  ## speed, against plain Mesa and against C
	@$(RUN) benchmarks/bench.py

patterns: .venv/ready  ## the observed patterns, next to the model's
	@$(RUN) -m linli.experiments.patterns

validation: .venv/ready  ## the same, written to docs/validation.md
	@$(RUN) -m linli.experiments.patterns --markdown docs/validation.md

sweeps: .venv/ready  ## where in the prior each hypothesis is reversed (hours; writes docs/evidence/sweeps)
	@$(RUN) -m linli.experiments.hypotheses

clean:  ## remove caches and compiled code (not .venv, not results)
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
