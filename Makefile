# Heard's commands. `make` alone lists them.

PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
REPORTS := .pytest_cache/reports
# A test that fails is run once more, in a browser twice, and named at the end: a fault to be mended, but it stops no release.
ONCE_MORE := --reruns 1 --rerun-show-tracebacks -r aR

HEARD_BIND ?= 127.0.0.1:5000
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "make %-18s %s\n", $$1, $$2 }'

# The environment ----------------------------------------------------------------------------------

.PHONY: environment
environment: .venv/.demo ## Python packages that Heard runs on, into .venv

.PHONY: environment-test
environment-test: .venv/.test ## and those that the tests need

.venv/bin/pip:
	@install/distribution.sh venv
	@install/python.sh -m venv .venv

.venv/.demo: requirements.txt | .venv/bin/pip
	@echo "Installing Python packages into .venv, about a minute"
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/.test: requirements-test.txt .venv/.demo
	@echo "Installing the tests' Python packages into .venv, about a minute"
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements-test.txt
	@touch $@

# Running it ---------------------------------------------------------------------------------------

.PHONY: demo
demo: export HEARD_INSTANCE := $(or $(HEARD_INSTANCE),$(CURDIR)/instance)
demo: environment ## sample records and a server on http://127.0.0.1:5000 (HEARD_BIND for another address)
	@install/distribution.sh --optional pango fonts
	@$(PYTHON) -m flask --app app db upgrade
	@$(PYTHON) -m flask --app app samples people 2>/dev/null || $(PYTHON) -m flask --app app samples load
	@echo "Heard is on http://$(HEARD_BIND); Ctrl+C ends it."
	@exec $(PYTHON) -m gunicorn -w 2 --threads 4 --keep-alive 75 --no-control-socket -b $(HEARD_BIND) 'app:create_app()'

# Keeping it in order ------------------------------------------------------------------------------

.PHONY: test
test: distribution-test environment-test house catalogues ## everything: lint, types, contracts, catalogues, all tests
	@rm -rf .coverage* $(REPORTS)
	$(PYTEST) -n 2 -m "not browser" $(ONCE_MORE) --cov --cov-report= --junit-xml=$(REPORTS)/without.xml
	$(PYTEST) -n 2 -m "browser and not webkit" $(ONCE_MORE) --reruns 2 --cov --cov-append --cov-report=term --junit-xml=$(REPORTS)/browser.xml
	@$(PYTHON) .ci/ran.py $(REPORTS)/without.xml $(REPORTS)/browser.xml

.PHONY: check
check: environment-test house ## the fast part of it: no browser, no PostgreSQL
	$(PYTEST) -q -m "not browser and not postgresql"

.PHONY: bench
bench: distribution-test environment-test ## how fast it is, as ratios against yardsticks in one run
	$(PYTHON) -m bench

.PHONY: proofs
proofs: distribution-test environment-test ## the long proofs of the tablet: 30 falls, a bad network, a second engine
	@install/distribution.sh webkit
	@mkdir -p $(REPORTS) && rm -f $(REPORTS)/proofs.txt
	PROOFS=$(CURDIR)/$(REPORTS)/proofs.txt $(PYTEST) tests/browser/tablet tests/test_schedules.py; \
		held=$$?; echo; cat $(REPORTS)/proofs.txt; exit $$held

.PHONY: pictures
pictures: export HEARD_INSTANCE := $(or $(HEARD_INSTANCE),$(CURDIR)/instance)
pictures: environment-test ## the README's pictures, taken from the demo that runs beside it
	@$(PYTHON) docs/pictures/take.py "$$($(PYTHON) -m flask --app app samples people | sed -n 's/^password: //p')"

.PHONY: distribution-test
distribution-test:
	@install/distribution.sh browser fonts pango poppler postgresql

.PHONY: house
house: environment-test
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	$(PYTHON) -m mypy
	.venv/bin/lint-imports --no-logo

.PHONY: catalogues
catalogues: environment-test
	$(PYTHON) -m tests.catalogues

.PHONY: format
format: environment-test ## lay the code out and mend what lint can mend
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

# Pinning it ---------------------------------------------------------------------------------------

COMPILE := .venv/pinning/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make requirements"

.PHONY: requirements
requirements: environment ## compile requirements*.in into requirements*.txt, with hashes
	@$(PYTHON) -m venv .venv/pinning
	@.venv/pinning/bin/pip install --quiet uv==0.13.9
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-test.in -o requirements-test.txt
