# bialign: `make demo` and `make test` need nothing but Python 3.11 or later.
# All paths are relative, so that the folder's own name may hold spaces and accents.

.PHONY: demo test bench formats doctor lesson pictures screenshots lint format clean
.DELETE_ON_ERROR:

# works under Windows' GNU make too, where a venv keeps its programs elsewhere
BIN := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
VENV := .venv
VENV_PYTHON := $(VENV)/$(BIN)/python

# the first Python that is new enough; PYTHON=... names another
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$python" && break; done)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

demo: $(VENV)/installed
	@$(VENV_PYTHON) -m bialign align corpus/texts/cia-hitman-in-peru.en.txt corpus/texts/cia-hitman-in-peru.es.txt \
		--glossary corpus/glossary.yaml --to table
	@echo
	@$(VENV_PYTHON) -m bialign build corpus
	@echo
	@echo "Open corpus/build/cia-hitman-in-peru.html in a browser to read the two texts side by side."

test: $(VENV)/installed-dev $(VENV)/browser
	$(VENV_PYTHON) -m ruff check
	$(VENV_PYTHON) -m ruff format --check
	$(VENV_PYTHON) -m mypy
	$(VENV_PYTHON) -m pytest

lint: $(VENV)/installed-dev
	$(VENV_PYTHON) -m ruff check
	$(VENV_PYTHON) -m ruff format --check
	$(VENV_PYTHON) -m mypy

format: $(VENV)/installed-dev
	$(VENV_PYTHON) -m ruff check --fix
	$(VENV_PYTHON) -m ruff format

# BIALIGN_GOLD names the folder of gold sets; BENCH="stress speed" runs these benches alone
bench: $(VENV)/installed-dev
	$(VENV_PYTHON) -m tests.bench.peers
	$(VENV_PYTHON) -m tests.bench $(BENCH) --write docs/benchmarks.md

# docs/formats.md: what programs that are installed make of what bialign writes
formats: $(VENV)/installed-dev
	$(VENV_PYTHON) -m tests.exchange_page --write docs/formats.md

# docs/doctor.md: the rules of `bialign doctor`
doctor: $(VENV)/installed-dev
	$(VENV_PYTHON) -m tests.doctor_page --write docs/doctor.md

# docs/lesson.md and lesson.es.md: what their commands print
lesson: $(VENV)/installed-dev
	BIALIGN_WRITE_LESSON=1 $(VENV_PYTHON) -m pytest -q tests/test_lesson.py -k as_it_stands

# of docs/how-it-works.md, from the article
pictures: $(VENV)/installed-dev
	$(VENV_PYTHON) docs/draw.py

# of the pages, in docs/screens; needs a Chromium
screenshots: $(VENV)/installed-dev $(VENV)/browser
	$(VENV_PYTHON) docs/screens.py

$(VENV)/created:
	@test -n "$(PYTHON)" || { echo "bialign needs Python 3.11 or later: install it (https://www.python.org/downloads/)" \
		"or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is no Python 3.11 or later"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "this Python lacks venv:" \
		"on Debian and Ubuntu, sudo apt install python3-venv"; exit 1; }
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/installed: pyproject.toml $(VENV)/created
	@echo "Installing bialign into $(VENV) (the only step that needs the network) ..."
	@$(VENV_PYTHON) -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml $(VENV)/created
	@echo "Installing bialign and its tests' tools into $(VENV) (the only step that needs the network) ..."
	@$(VENV_PYTHON) -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/installed

# the tests of the pages drive a browser; where none can be had, they are skipped
$(VENV)/browser: $(VENV)/installed-dev
	@command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || \
		$(VENV_PYTHON) -m playwright install chromium >/dev/null 2>&1 || \
		echo "There is no Chromium for the tests of the pages: they are skipped"
	@touch $@

clean:
	rm -rf $(VENV) build dist corpus/build .mypy_cache .ruff_cache .pytest_cache .hypothesis
