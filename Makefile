# Two commands set everything up on a machine with Python 3.11+ : `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# What is used is compiled when it is used; to compile all of it takes a third of the installation.
PIP := $(BIN)/python -m pip install --quiet --no-compile

.PHONY: demo test coverage lint types bench bundle docs docs-site jars-lock clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) --editable '.[dev]'
	touch $@

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(MAKE) types

types: $(VENV)/.installed-dev
# The root is the package: a link named `orepath` gives mypy the package's name in a checkout of any name.
	mkdir -p .lint && ln -sfn .. .lint/orepath
	cd .lint && ../$(BIN)/mypy -p orepath

# The current release of Neo4j is fetched besides the LTS one; no test is skipped for want of it.
test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n auto

# Which lines no test runs. Counting them costs time, so it is apart from `make test`.
coverage: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n auto --cov --cov-report=term

demo: $(VENV)/.installed
	$(BIN)/python -m orepath load
	$(BIN)/python -m orepath ask top-producers --material gallium --format table
	$(BIN)/python -m orepath ask sector-exposure --sector defence --threshold 80 --format table
	$(BIN)/python -m orepath ask restrictions --country China --format table
	$(BIN)/python -m orepath brief --sector defence --country China --material "rare earths" -o brief.html --force
	@echo "A brief of the same subject: brief.html. The same graph in the Neo4j Browser:"
	$(BIN)/python -m orepath browser

# KEEP=1 makes the ratios of this run those that later ones are compared with; PARTS="questions files"
# measures these only.
bench: $(VENV)/.installed-dev
	$(BIN)/python bench/run.py $(PARTS) $(if $(KEEP),--keep)

# SHARED is the folder that holds the publishers' own files.
SHARED ?= ../shared
bundle: $(VENV)/.installed-dev
	$(BIN)/python -m orepath.tools.rebuild $(SHARED)

clean:
	rm -rf $(VENV) .lint build dist *.egg-info

# What is generated from the code and the bundled data (`orepath load` first), and compared by tests.
docs: $(VENV)/.installed-dev
	$(BIN)/python -m orepath.tools.reference > docs/cli.md
	$(BIN)/python -m orepath.tools.answers .
	$(BIN)/python -m orepath ask stage-ladder --sector defence --country China --material "rare earths" -o docs/pictures/stage-ladder.svg --force
	$(BIN)/python -m orepath.tools.ontology_page > docs/ontology.md
	$(BIN)/python -m orepath.tools.data_page > docs/data-and-licences.md
	$(BIN)/python -m orepath.tools.notebook

docs-site: $(VENV)/.installed-dev
	$(BIN)/sphinx-build -E -W --keep-going -q -n -b html docs build/site

# The lock files of the local server's jars; needs Maven.
jars-lock: $(VENV)/.installed-dev
	$(BIN)/python -m orepath.tools.lock
