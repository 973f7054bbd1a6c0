# The front door. `make demo` and `make test` set up all they need in a virtual environment of their own.
#   PYTHON=python3.13 make test     picks another interpreter (and another environment)

PYTHON ?= python3
NAME := $(notdir $(PYTHON))
VENV := .venv$(if $(filter python3,$(NAME)),,-$(NAME))
BIN := $(VENV)/bin
NATIVE := $(shell find native -name '*.cpp' -o -name '*.hpp' -o -name '*.c' | sort)
INSTALL := -m pip install --quiet --no-build-isolation --config-settings=cmake.define.HEAPWISE_WERROR
CXX_FILES := $(shell find native -name '*.cpp' -o -name '*.hpp' | sort)

.PHONY: help demo test check format docs bench clean
help:
	@echo "make demo    record examples: where, who and why, what to change; leave demo-report.html"
	@echo "make test    run the tests"
	@echo "make check   format, lint, types, C++ warnings as errors"
	@echo "make format  format all sources"
	@echo "make docs    the documentation, as pages in build/docs"
	@echo "make bench   overhead beside other tools (long; installs them in an environment of their own)"
	@echo "make clean   remove what was built"

# ------------------------------------------------------------------------------------- environment

$(VENV)/.made: tools/preflight.py
	@$(PYTHON) tools/preflight.py
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || $(PYTHON) -m venv --without-pip $(VENV)
	@test -x $(BIN)/pip || $(PYTHON) -m pip --python $(BIN)/python install --quiet pip
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.needs: $(VENV)/.made pyproject.toml
	@echo "installing what the build and the tests need"
	@$(BIN)/python -m pip install --quiet --group build --group test
	@touch $@

$(VENV)/.built: $(VENV)/.needs CMakeLists.txt src/heapwise/capture/heapwise.pth $(NATIVE)
	@echo "building the native core"
	@$(BIN)/python $(INSTALL)=ON --editable . 2>$(VENV)/.strict || $(BIN)/python $(INSTALL)=OFF --editable .
	@touch $@

$(VENV)/.checkers: $(VENV)/.needs
	@$(BIN)/python -m pip install --quiet --group check
	@touch $@

# ---------------------------------------------------------------------------------------- the jobs

demo: $(VENV)/.built
	@$(BIN)/python tools/demo.py

test: $(VENV)/.built
	@$(BIN)/python tools/run_tests.py

check: $(VENV)/.built $(VENV)/.checkers
	@$(BIN)/python -m ruff format --check src tests bench examples tools
	@$(BIN)/python -m ruff check src tests bench examples tools
	@$(BIN)/python -m mypy
	@$(BIN)/heapwise lint --exclude bench/programs src tools bench
	@$(BIN)/python tools/docs.py --check
	@$(BIN)/clang-format --dry-run -Werror $(CXX_FILES)
	@$(BIN)/python tools/build_strict.py

format: $(VENV)/.checkers
	@$(BIN)/python -m ruff format src tests bench examples tools
	@$(BIN)/python -m ruff check --fix src tests bench examples tools
	@$(BIN)/clang-format -i $(CXX_FILES)

docs: $(VENV)/.built
	@$(BIN)/python -m pip install --quiet --group docs
	@$(BIN)/python tools/docs.py
	@$(BIN)/python -m sphinx -q -W -b html docs build/docs
	@echo "build/docs/index.html"

bench: $(VENV)/.built
	@$(BIN)/python bench/overhead.py

clean:
	@rm -rf build dist .venv .venv-* .pytest_cache .mypy_cache .ruff_cache .hypothesis demo-report.html
