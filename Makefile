# Every target sets up .venv first: from any Python 3.11+, with the packages of requirements.lock and nothing else.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
LINKED := $(VENV)/.linked

# Set PYTHON to use one that is not looked for here.
PYTHON :=
CANDIDATES := $(or $(PYTHON),python3 python3.15 python3.14 python3.13 python3.12 python3.11 python)

QUIET := --quiet --quiet --disable-pip-version-check --no-input

# The lock is made for all platforms and Pythons at once, from the index that pip uses, and names none.
COMPILE = UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(PY) -m pip config get global.index-url 2>/dev/null)}}" \
	$(PY) -m uv pip compile pyproject.toml --extra demo --extra dev --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-emit-index-url --system-certs \
	--custom-compile-command "make lock" --quiet

# One more than there are cores: tests of processes wait for most of their time.
WORKERS := import os; print(min((os.cpu_count() or 1) + 1, 8))

.PHONY: help
help: ## Say what there is to make
	@echo "make <target>, where target is one of"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "%-14s%s\n", $$1, $$2 }'

.PHONY: install
install: $(LINKED) ## Set .venv up (every other target does it by itself)

.PHONY: demo
demo: $(LINKED) ## Try the bot in an offline Discord, in the browser, without a token
	@exec $(PY) -m bot demo

.PHONY: run
run: $(LINKED) ## Run the bot with the settings in .env
	@$(LOAD_DOTENV); exec $(PY) -m bot run

.PHONY: ready
ready: $(LINKED) ## Say what is missing before `make run`
	@$(LOAD_DOTENV); exec $(PY) -m bot check

.PHONY: invite
invite: $(LINKED) ## Print the link that invites the bot of .env to a server
	@$(LOAD_DOTENV); exec $(PY) -m bot invite

.PHONY: test
# Where Python is told to keep no bytecode, each process that a test starts would compile the bot anew.
test: export PYTHONDONTWRITEBYTECODE =
test: $(LINKED) ## Run all tests but the long ones, in random order on up to 8 cores, with branch coverage
	@# Those of the house apart: each worker would draw all of it for itself.
	@$(PY) -m pytest -q tests/meta && house=0 || house=1; \
	$(PY) -m pytest --ignore tests/meta --cov --numprocesses $$($(PY) -c "$(WORKERS)") --dist worksteal && exit $$house

.PHONY: check
check: $(LINKED) ## Lint, types, architecture, and whether the lock is fresh
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy bot cogs tests benchmarks
	$(VENV)/bin/lint-imports
	@$(MAKE) check-lock

.PHONY: check-lock
check-lock: $(LINKED) # Part of check: resolve again from the present lock, which must change nothing
	@fresh=$$(mktemp) && trap 'rm -f "$$fresh"' EXIT && cp requirements.lock "$$fresh" && \
	{ why=$$({ $(COMPILE) --output-file "$$fresh"; } 2>&1 >/dev/null) || { \
		printf '%s\n' "$$why" | sed 's#[a-z]*://[^ )]*#<index>#g' >&2; \
		echo "The lock could not be checked: the package index was not reached, or cannot serve pyproject.toml." >&2; exit 1; }; } && \
	{ cmp -s requirements.lock "$$fresh" || { \
		echo "requirements.lock does not match pyproject.toml: run 'make lock'." >&2; exit 1; }; } && \
	echo "requirements.lock is fresh."

.PHONY: lock
lock: $(LINKED) ## Bring requirements.lock in line with pyproject.toml
	@$(COMPILE) --output-file requirements.lock

.PHONY: format
format: $(LINKED) ## Format the code and mend what the linter can mend
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

.PHONY: torture
torture: $(LINKED) ## Run the long tests: many more kills, histories and hostile inputs
	@$(PY) -m pytest -m torture tests/flows tests/process tests/storage

.PHONY: bench
bench: $(LINKED) ## Measure against a bare discord.py client, a few minutes
	@$(PY) -m benchmarks

.PHONY: bench-long
bench-long: $(LINKED) ## Measure with large tables, much longer
	@$(PY) -m benchmarks --long

.PHONY: simulate
simulate: $(LINKED) ## Simulate standing and who gets asked, some minutes; draws docs/simulation anew
	@$(PY) -m benchmarks.simulation

# ── Setting up ───────────────────────────────────────────────────────────────────────────────────────────────────

# A virtual environment dies with the Python that it was made from: then it is made again.
ifneq ($(shell $(PY) -c "print('alive')" 2>/dev/null),alive)
.PHONY: $(INSTALLED)
endif

# Made anew, not added to, so that a package that left the lock leaves .venv too.
$(INSTALLED): requirements.lock
	@$(FIND_PYTHON); \
	echo "Setting up $(VENV) with the packages of requirements.lock (this takes a minute or two, and is done once)." && \
	"$$python" -m venv --clear $(VENV) && \
	$(PY) -m pip $(QUIET) install --no-deps --require-hashes --requirement requirements.lock || \
	{ echo "The packages could not be installed. Is the package index reached, and is there room on the disk?" >&2; exit 1; }; \
	touch $@

# The project itself: its `goen` command. Its packages are found from the checkout.
$(LINKED): $(INSTALLED) pyproject.toml
	@$(PY) -m pip $(QUIET) install --no-deps --no-build-isolation --no-index --editable . && touch $@

# Sets $python to the first candidate that is new enough and can make virtual environments, or says what is missing.
define FIND_PYTHON
set -e; python= found= bare=; \
for name in $(CANDIDATES); do \
	version=$$($$name -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
	found=$${found:-$$version}; \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue; \
	$$name -c 'import ensurepip, venv' 2>/dev/null || { bare=$${bare:-$$version}; continue; }; \
	python=$$name; break; \
done; \
if [ -z "$$python" ]; then \
	if [ -n "$$bare" ]; then \
		echo "Python $$bare cannot make virtual environments here: on Debian and Ubuntu, run 'apt-get install python$$bare-venv'." >&2; \
	elif [ -n "$$found" ]; then \
		echo "Goen needs Python 3.11 or newer, and found $$found; name another with 'make PYTHON=/path/to/python3'." >&2; \
	else \
		echo "Goen needs Python 3.11 or newer, and found none; name one with 'make PYTHON=/path/to/python3'." >&2; \
	fi; \
	exit 1; \
fi
endef

# Reads .env as it is written: NAME=value, nothing expanded or run, so that & or $ in a password is safe. One pair of
# quotes around a value is taken off. What the environment already has wins.
define LOAD_DOTENV
set -e; if [ -f .env ]; then \
	return_character=$$(printf '\r'); \
	while IFS= read -r line || [ -n "$$line" ]; do \
		line=$${line%"$$return_character"}; name=$${line%%=*}; value=$${line#*=}; \
		case $$line in [A-Z]*=*) ;; *) continue ;; esac; \
		case $$name in *[!A-Z0-9_]*) continue ;; esac; \
		case $$value in \"*\") value=$${value#\"}; value=$${value%\"} ;; \'*\') value=$${value#\'}; value=$${value%\'} ;; esac; \
		eval "present=\$${$$name+yes}"; \
		[ -n "$$present" ] || export "$$name=$$value"; \
	done < .env; \
fi
endef
