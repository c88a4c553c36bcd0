# make run    the whole portal on this machine: http://localhost:8000 (PORT=8001 make run for another port)
# make test   everything that CI runs
# make fresh  clone, run and stop the portal as on a new machine    make soak   the long trials
# make bench  what pages cost beside a bare one, at 2,000 and 20,000 published inputs
# make locks  resolve the requirements anew (needs uv)             make clean  remove what the two commands made here
.PHONY: run test fresh soak bench locks clean
.DEFAULT_GOAL := run
MAKEFLAGS += --no-print-directory
PYTHON_OF_VENV := .venv/bin/python
export PORT

run:
	@sh requirements/install.sh run
	@exec $(PYTHON_OF_VENV) manage.py run_portal --with-parent

test:
	@sh requirements/install.sh test
	@exec $(PYTHON_OF_VENV) -m tests

fresh:
	@sh requirements/install.sh test
	@exec $(PYTHON_OF_VENV) -m pytest -m fresh -s

soak:
	@sh requirements/install.sh test
	@exec $(PYTHON_OF_VENV) -m pytest -m soak -s

bench:
	@sh requirements/install.sh test
	@exec $(PYTHON_OF_VENV) -m tests.bench

# The locks are pinned and hashed, hold for Python 3.11 to 3.13, and name no host.
RESOLVE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
locks:
	$(RESOLVE) --extra embedded -o requirements/run.lock
	$(RESOLVE) --extra embedded --extra test -c requirements/run.lock -o requirements/test.lock
	$(RESOLVE) --extra production -c requirements/run.lock -o requirements/production.lock
	@! grep -n '://' requirements/*.lock

clean:
	rm -rf .venv .state .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Removed. What a run as root has kept is in /var/lib/imrf-portal-*; it was left there."
