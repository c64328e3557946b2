# The two commands a newcomer needs: `make run` and `make test`. Everything else is for those who work on it.
PY := .venv/bin/python
SHOWN := $(if $(DATA),--data $(DATA),--data var/demo)

.PHONY: run test check tour screens bench bench-server growth bombard week-offline soak schema-fuzz simulate spool fuzz unplug mutants paths ledgers format ready drill flips fire fire-kills fire-lines fire-power fire-full
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

screens: ready
	KEEP_SCREENS=1 QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -n 2 tests/ui tests/rules

bench: ready
	$(PY) tests/bench

bench-server: ready
	$(PY) tests/bench_server $(ROUNDS)

growth: ready
	nice -n 19 $(PY) tests/bench_server/growth.py

bombard: ready
	nice -n 19 $(PY) tests/bench_server/bombard.py $(COUNT)

week-offline: ready
	$(PY) tests/bench_server/week.py $(OPERATIONS)

soak: ready
	$(PY) tests/bench_server/soak.py $(MINUTES)

schema-fuzz: ready
	@installer/schemathesis.sh
	nice -n 19 $(PY) tests/bench_server/schema_fuzz.py $(EXAMPLES)

drill: ready
	DRILL_ROUNDS=$(or $(ROUNDS),20) $(PY) -m pytest -q --timeout 0 tests/integration/test_backup_drill.py

flips: ready
	FLIPS=$(or $(TRIALS),500) $(PY) -m pytest -q -s --timeout 0 tests/integration/test_damaged_store.py

simulate: ready
	$(PY) tests/simulation/run.py --seeds $(or $(SEEDS),200) --events 5000
	HALLS=$(or $(HALLS),500) $(PY) -m pytest -q --timeout 0 -p no:xdist tests/simulation/test_small_hall.py

spool: ready
	nice -n 19 $(PY) tests/wire/spool.py

fuzz: ready
	nice -n 19 $(PY) tests/wire/fuzz.py --frames $(or $(FRAMES),10000000) --minutes $(or $(MINUTES),120)

unplug: ready
	nice -n 19 $(PY) tests/ui/unplug.py

mutants: ready
	$(PY) tests/mutants/run.py $(MUTANTS)

ledgers: ready
	LEDGER_CASES=$(or $(CASES),2000) QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q tests/rules/test_i45_ledgers.py tests/rules/test_i45_ledger_window.py

paths: ready
	CHUANGKOU_PATHS=$(or $(PATHS),1000) nice -n 19 $(PY) -m pytest -q -s tests/rules/test_paths.py

fire: fire-kills fire-lines fire-power fire-full

fire-kills: ready
	nice -n 19 $(PY) tests/fire/kills.py $(or $(FOLDER),$(shell mktemp -d)/fire) $(or $(LIVES),1000) $(or $(SEED),20261123) $(or $(FIRST),1)

fire-lines: ready
	nice -n 19 $(PY) tests/fire/chaos.py $(or $(FOLDER),$(shell mktemp -d)/lines) $(or $(ROUNDS),20) $(or $(SEED),20261123) $(or $(SECONDS),30)

fire-power: ready
	nice -n 19 $(PY) tests/fire/power.py $(or $(IMAGES),2000) $(or $(SEED),20261123)
	nice -n 19 $(PY) tests/fire/power_server.py $(or $(IMAGES),2000) $(or $(SEED),20261123)

fire-full: ready
	nice -n 19 $(PY) tests/fire/full_disk.py $(or $(SEED),20261123) $(or $(ROUNDS),50)
