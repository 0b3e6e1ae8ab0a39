# make run    an interview (sets everything up the first time)
# make test   everything that is checked (sets up what tests need)
.PHONY: run test check bench eval demo setup setup-dev clean

PYTHON = .venv/bin/python

run: setup
	@if [ -t 0 ] && [ -t 1 ]; then exec .venv/bin/mockint; \
	else echo "No terminal here: running mockint demo --plain instead of the app."; exec .venv/bin/mockint demo --plain; fi

test: setup-dev check
	$(PYTHON) -m pytest -n auto --dist loadgroup

check: setup-dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

bench: setup-dev
	$(PYTHON) -m benchmarks

eval: setup-dev
	$(PYTHON) -m benchmarks.evaluate

demo: setup
	.venv/bin/mockint demo

setup:
	@sh scripts/setup.sh run

setup-dev:
	@sh scripts/setup.sh test

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
