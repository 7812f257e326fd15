# Everything runs in .venv, which the first target that needs it sets up.
# Wanted beforehand: make and Python >= 3.11 (another one: make PYTHON=/path/to/python3.12 test).

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
READY := .venv/.ready
WORKERS ?= 2
ROUTEWRIGHT_INSTANCES ?= $(abspath ../shared/instances)
export ROUTEWRIGHT_INSTANCES

.PHONY: help demo test slow docs benchmarks train-slice lint style layout types format wheel-smoke clean
.DELETE_ON_ERROR:

help:
	@echo "make demo         solve a packaged instance with several solvers; a table, and plots in demo/"
	@echo "make test         the routine tests"
	@echo "make slow         the tests that take longer"
	@echo "make docs         the pages of docs/ as a site in build/docs"
	@echo "make benchmarks   a sample of the tables, and the tables of README and docs from their rows; FULL=1 measures all"
	@echo "make train-slice  train the policies that ship for MINUTES=10, going on where the last slice stopped"
	@echo "make lint         ruff (style), its formatter (layout) and mypy (types), changing nothing"
	@echo "make format       let ruff format and mend what it can"
	@echo "make wheel-smoke  build the wheel of the last commit and try it in an empty environment"
	@echo "make clean        remove what the other targets made, .venv included"

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "error: no Python >= 3.11 found; name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "setting up .venv, which happens once and takes a minute or two"
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

demo: $(READY)
	$(BIN)/python examples/demo.py

test: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -rs --durations=10

docs: $(READY)
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs

benchmarks: $(READY)
	$(BIN)/python benchmarks/everything.py $(if $(FULL),--full)

MINUTES ?= 10
train-slice: $(READY)
	$(BIN)/python -m routewright.policies.training.slices --minutes $(MINUTES)

slow: $(READY)
	$(BIN)/python -m pytest -m slow -rs --durations=10

lint: style layout types

style: $(READY)
	$(BIN)/ruff check .

layout: $(READY)
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy
	$(BIN)/mypy examples .ci/smoke.py

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel-smoke: $(READY)
	.ci/wheel-smoke

clean:
	rm -rf .venv build dist demo *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .benchmarks
