# Two commands matter: `make run` and `make test`. Both set up what they need, and only once.
PYTHON ?= python3
PY := .venv/bin/python
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help run install install-dev test fast lint benchmark simulate model lock clean

help:
	@echo "make run        set up and start Kontor"
	@echo "make test       set up, lint and run every test"
	@echo "make fast       the tests that need no LanguageTool, browser, PostgreSQL or Telegram"
	@echo "make install    set up only      make lint       ruff, mypy, import-linter"
	@echo "make benchmark  the benchmarks   make lock       write the lock files anew (needs uv)"
	@echo "make simulate   scripted learners against every buyer of every deal, 1,000 sessions each"
	@echo "make model      the weights of the judge of messages, from benchmarks/corpus"
	@echo "make clean      remove .venv, LanguageTool and caches; your data stays"

run: install
	@$(PY) -m bot run

install:
	@command -v $(PYTHON) >/dev/null || { echo "Kontor needs Python 3.11 or newer, and there is no $(PYTHON) here: install it (Debian: apt install python3 python3-venv; macOS: brew install python)." >&2; exit 1; }
	@$(PYTHON) bot/install.py

install-dev:
	@command -v $(PYTHON) >/dev/null || { echo "Kontor needs Python 3.11 or newer, and there is no $(PYTHON) here: install it (Debian: apt install python3 python3-venv; macOS: brew install python)." >&2; exit 1; }
	@$(PYTHON) bot/install.py --dev

# First what needs no real parts; then those, a file at a time, with one LanguageTool for all: they
# wait for each other, so that three at a time fit on two cores.
test: lint
	$(PY) -m pytest -q -n auto -m "not real"
	$(PY) -m pytest -q -n 3 --dist loadfile --durations=15 -m real

fast: install-dev
	$(PY) -m pytest -q -n auto -m "not real and not deep"

lint: install-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict bot
	.venv/bin/lint-imports

benchmark: install-dev
	$(PY) -m benchmarks

simulate: install
	$(PY) -m bot simulate

model: install-dev
	$(PY) -m benchmarks model

# The only target that needs uv. No index address is written, only hashes.
UV_COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
lock: install-dev
	$(UV_COMPILE) -o requirements.lock
	$(UV_COMPILE) --group dev -c requirements.lock -o requirements-dev.lock
	$(PY) -m bot.language.grammar.jars lock

clean:
	rm -rf .venv .kontor/languagetool .kontor/install-*.log .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find bot tests -name __pycache__ -prune -exec rm -rf {} +
