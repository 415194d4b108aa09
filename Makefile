# The commands that always work. `make run` needs Python 3.11, git and make; all else comes into .venv and node_modules.
SHELL := /bin/bash
PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url
PO := locale/zh_Hans/LC_MESSAGES/django
MANIFEST := $(or $(MULIN_DATA),var)/static/staticfiles.json
ICONS := mulin/web/static/vendor/icons.svg
STATIC := $(shell find mulin -path '*/static/*' -type f -not -path '*/static/vendor/*' 2>/dev/null)

.PHONY: run setup dev test test-postgres look pictures lint format bench docs stories words lock help
.DEFAULT_GOAL := help

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

# `make run` shows the demo; a town starts `mulin serve` with its own settings, see docs/operate.
run: export MULIN_DEMO ?= True
run: setup ## Set up what is missing, load the demo if the database is empty, serve on 127.0.0.1:8000
	@exec $(BIN)/mulin serve --migrate --demo

test: dev ## Run all tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -q

# The same suite on PostgreSQL: what does not need a browser, other data or processes of its own.
test-postgres: dev ## Run the tests of modules, laws and stories on MULIN_TEST_POSTGRES_URL
	@DATABASE_URL=$(MULIN_TEST_POSTGRES_URL) $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -q \
	  -m "not browser and not shared and not postgres" --deselect mulin/cases/tests/test_api_fuzz.py \
	  mulin/journal mulin/kernel mulin/territory mulin/people mulin/entry mulin/privacy mulin/households \
	  mulin/participation mulin/webhooks mulin/news mulin/notices mulin/comments mulin/bodies mulin/joining mulin/cases mulin/callups mulin/channels mulin/concerns mulin/deputies mulin/proposals mulin/forwarding \
	  mulin/incidents mulin/learning mulin/mediation mulin/open311 mulin/rates mulin/rounds mulin/votes mulin/api tests/stories \
	  tests/test_laws.py tests/test_laws_of_people.py tests/test_turns.py tests/test_every_flow.py tests/test_budgets.py

lint: dev ## Style, types, import contracts, migrations, translations, generated docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/mulin makemigrations --check --dry-run
	@$(BIN)/python -m mulin.config.catalogue --check
	@$(BIN)/mulin flows --check

format: dev ## Let ruff set the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

stories: dev ## Which rows of docs/stories.md are proved by a passing test
	@$(BIN)/python -m pytest -m story --story-report -n $(WORKERS) --dist loadgroup -q

look: dev ## Take pictures of every page into build/look; ALL=1: in every look
	@$(BIN)/python -m tests.browser.look $(if $(ALL),all)

pictures: dev ## Take the pictures of README and the guides anew
	@$(BIN)/python -m tests.browser.pictures

bench: dev ## Measure, and print ratios
	@$(BIN)/python -m bench

docs: setup ## Write the generated pages
	@$(BIN)/mulin flows

words: setup ## Bring new words of the code into the Chinese catalogue
	@$(BIN)/python -m mulin.config.catalogue --update

lock: dev ## Look for newer versions within pyproject.toml and lock them with their hashes
	@$(LOCK) --upgrade pyproject.toml --group setup -o requirements.lock
	@$(LOCK) --upgrade --group pyproject.toml:dev -c requirements.lock -o requirements-dev.lock
	@$(LOCK) --upgrade --group pyproject.toml:node -o requirements-node.lock

# ---- What is set up once, and again only when its source changes. The marks lie inside what they speak of, so
# that removing .venv, node_modules or the data folder removes them, too. ----

setup: .venv/.mulin $(PO).mo $(MANIFEST)
dev: setup .venv/.dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Mulin needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv

.venv/.packages: requirements.lock | .venv/bin/python
	@echo "Installing the Python packages"
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

.venv/.mulin: pyproject.toml .venv/.packages
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.packages
	@echo "Installing the tools for tests"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/.package-lock.json: package-lock.json .venv/.packages
	@echo "Fetching the front-end files"
	@command -v npm >/dev/null || $(PIP) --require-hashes -r requirements-node.lock
	@$(BIN)/python -m mulin.config.frontend fetch
	@touch $@

$(ICONS): node_modules/.package-lock.json mulin/web/icons.txt mulin/config/frontend.py
	@$(BIN)/python -m mulin.config.frontend copy

$(PO).mo: $(PO).po .venv/.packages
	@$(BIN)/python -m mulin.config.catalogue --compile

$(MANIFEST): .venv/.mulin $(ICONS) $(STATIC)
	@$(BIN)/mulin collectstatic --no-input --verbosity 0
	@touch $@
