# The two commands a newcomer needs: `make run` and `make test`. Everything else is for those who work on it.
PY := .venv/bin/python
SHOWN := $(if $(DATA),--data $(DATA),--data var/demo)

.PHONY: run test check tour bench simulate spool fuzz format ready
run: ready
	@$(PY) -m app.main demo $(SHOWN)

ready:
	@installer/bootstrap.sh

check: ready
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: ready
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

test: ready
	@$(PY) tests/run_suites.py

tour: ready
	$(PY) tests/e2e/tour

bench: ready
	$(PY) tests/bench

simulate: ready
	$(PY) tests/simulation/run.py --seeds $(or $(SEEDS),200) --events 5000

spool: ready
	nice -n 19 $(PY) tests/wire/spool.py

fuzz: ready
	nice -n 19 $(PY) tests/wire/fuzz.py --frames $(or $(FRAMES),10000000) --minutes $(or $(MINUTES),120)
