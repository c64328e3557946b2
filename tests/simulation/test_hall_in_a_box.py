"""10^5 events of a hall in bad weather over quick stores, 10^4 over the real ones; ``run.py`` is longer."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hall_in_a_box.mutants import MUTANTS, seeds_to_kill
from hall_in_a_box.stores import Stores
from hall_in_a_box.world import World

SEEDS = [1, 2, 3, *range(5, 18), 20]
EVENTS = 5_000
"""A seed comes to some 5,600 with its end: eighteen are 10^5, and one more is for histories that turn out shorter."""
ON_FILES = {21: "postgresql", 18: "sqlite"}
"""The counters in encrypted files (WAL, FULL), the server in a file of SQLite or on PostgreSQL."""
Record = Callable[[str, object], None]
MOST_SEEDS_TO_KILL = 10
RUN = Path(__file__).with_name("run.py")


@pytest.fixture
def database(request: Any) -> Iterator[Callable[[], str]]:
    """Makes empty databases of PostgreSQL; they are gone after the test."""
    made: list[str] = []

    def make() -> str:
        here = request.getfixturevalue("postgres")
        made.append(f"hall_{uuid4().hex}")
        return str(here.create(made[-1]))

    yield make
    for name in made:
        request.getfixturevalue("postgres").drop(name)


@pytest.mark.parametrize("seed", ON_FILES)
def test_the_real_stores_live_the_same_history(
    seed: int, tmp_path: Path, database: Callable[[], str], record_property: Record
) -> None:
    on_postgres = ON_FILES[seed] == "postgresql"
    stores = Stores(quick=False, folder=tmp_path, postgres=database() if on_postgres else None)
    real, quick = World(seed, stores).run(EVENTS), World(seed).run(EVENTS)
    assert real.violation is None, real.report()
    assert real.events >= EVENTS
    assert len(list(tmp_path.glob("*.db"))) == 5 + (not on_postgres), "five counters, and the server beside them"
    assert quick == real
    record_property("real", real.events)
    record_property("quick", quick.events)
    record_property("seen", dict(quick.seen))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hall_in_bad_weather_keeps_every_promise(seed: int, record_property: Record) -> None:
    outcome = World(seed).run(EVENTS)
    assert outcome.violation is None, outcome.report()
    assert outcome.events >= EVENTS
    assert outcome.cases > 0
    record_property("quick", outcome.events)
    record_property("seen", dict(outcome.seen))


@pytest.mark.parametrize("name", MUTANTS)
def test_a_classic_mistake_in_the_code_is_caught(name: str, record_property: Record) -> None:
    kill = seeds_to_kill(MUTANTS[name], EVENTS, MOST_SEEDS_TO_KILL)
    assert kill is not None
    record_property("mutant", f"{name}: killed by {kill.seeds} seeds ({kill.violation})")


def digest_of_another_process(hash_seed: str) -> str:
    """What one seed comes to in a fresh interpreter that orders its sets differently."""
    command = [sys.executable, str(RUN), "--seeds", "1", "--events", "300", "--mutants", "0"]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return printed.partition("digest of seed 1: ")[2].splitlines()[0]


def test_the_same_seed_gives_the_same_run_byte_for_byte() -> None:
    first, second = World(1).run(300), World(1).run(300)
    assert first == second
    assert digest_of_another_process("1") == digest_of_another_process("2") == first.digest
    assert World(2).run(300).digest != first.digest
