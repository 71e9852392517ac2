# What a newcomer types. Everything is installed into folders of the project; nothing outside it is touched.
.PHONY: run test train check format bench bench-load figures screenshots lock clean

PYTHON ?= python3.11
TOOLS := .tools
VENV := .venv
GUIDE := $(VENV)/bin/nexus-guide
export RASA_TELEMETRY_ENABLED := false
# How many processes share the tests.
WORKERS ?= 2
# Where make can (it could not before 4.0), what is done at the same time is shown one after the other.
WHOLE_OUTPUTS := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

run: $(VENV)/.run
	@$(GUIDE) migrate
	@$(GUIDE) applicants sample --if-empty
	@$(GUIDE) train
	@exec $(GUIDE) up

# Two things at a time: training and the checks, then the tests. Where one fails, the other is waited for.
test: $(VENV)/.test
	@echo "Training, and checking the code beside it: a minute or two"
	@$(MAKE) --no-print-directory -j2 $(WHOLE_OUTPUTS) train check
	@$(VENV)/bin/pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder

train: $(VENV)/.run
	@$(GUIDE) train

check: $(VENV)/.test
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy && $(VENV)/bin/lint-imports
	@$(GUIDE) policy check

format: $(VENV)/.test
	@$(VENV)/bin/ruff check --fix . && $(VENV)/bin/ruff format .

# BENCH_DATA names a folder of public sets to measure on too.
bench: $(VENV)/.test
	@$(VENV)/bin/python -m benchmarks

# What one machine holds, with PostgreSQL and Redis of its own; some fifty minutes, of which thirty are the soak.
bench-load: $(VENV)/.test
	@$(GUIDE) train
	@$(VENV)/bin/python -m benchmarks.load $(LOAD)

# Puts the figures of the last `make bench` into docs/figures and the README.
figures: $(VENV)/.test
	@$(VENV)/bin/python -m benchmarks --publish

# The pictures in docs/screenshots, taken by the tests that look at them.
screenshots: $(VENV)/.test
	@UPDATE_SCREENSHOTS=1 $(VENV)/bin/pytest -q tests/browser/test_screenshots.py tests/browser/test_desk_journey.py

# The stamps: an environment for tests serves `make run` as well, so only the first of the two commands installs.
$(VENV)/.run: requirements.lock pyproject.toml
	@if [ -f $(VENV)/.test ] && [ $(VENV)/.test -nt requirements-dev.lock ] && [ $(VENV)/.test -nt pyproject.toml ]; \
	then touch $@; else scripts/install requirements.lock && touch $@; fi

$(VENV)/.test: requirements-dev.lock pyproject.toml
	@scripts/install requirements-dev.lock && touch $@ $(VENV)/.run

# After a change of dependencies in pyproject.toml. The lock names no address of a registry.
lock: $(VENV)/.run
	@scripts/lock

clean:
	@rm -rf $(VENV) $(TOOLS) models .rasa var
