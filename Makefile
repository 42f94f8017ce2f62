# Two commands are all that it takes on a fresh machine with Python 3.11+ and make:
#   make demo    installs into .venv and turns a real brief into eight floor plans in out/demo
#   make test    installs into .venv and runs linters, types and tests
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# A GPU build of torch: make demo TORCH="torch --index-url URL"
TORCH ?= torch

# Two threads on small matrices cost seven times the CPU time of one.
export OPENBLAS_NUM_THREADS := 1

.PHONY: demo test lint install speed quality clean

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt $(TORCH)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/compiled: $(VENV)/installed $(wildcard layoutgan/domains/floorplan/tiling/*.py)
	$(BIN)/python -c "from layoutgan.domains.domain import domain_of; domain_of('floorplan').warm()"
	touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[test]"
	touch $@

install: $(VENV)/compiled

demo: $(VENV)/compiled
	$(BIN)/layoutgan generate examples/flat.yaml -n 8 -o out/demo

lint: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/mypy

test: $(VENV)/compiled $(VENV)/tested lint
	$(BIN)/python -m pytest

speed: $(VENV)/compiled
	$(BIN)/python benchmarks/speed.py

quality: $(VENV)/compiled
	$(BIN)/python benchmarks/quality.py

clean:
	rm -rf $(VENV) out build *.egg-info
