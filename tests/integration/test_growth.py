"""What an act walks in the database does not grow with it; the times, with a million cases: ``make growth``."""

import sys
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "bench_server"))

import ground
from clients import Day
from growth import SEED, Hall, filled, seeded, too_much, walked

CASES = 3_000


def test_no_statement_of_a_turn_walks_more_than_what_it_needs(postgres: Any) -> None:
    seeded(postgres.create("growth_seeded"))
    with (
        ground.opened(filled(postgres, "growth", CASES, 3, "growth_seeded")) as storage,
        postgres.connect("growth") as db,
    ):
        assert db.execute("SELECT count(*) FROM service_case").fetchone() == (CASES,)
        hall = Hall("growth", storage, Day(first=SEED))
        found = walked(hall)
        assert len(found) > 30, "a number, a call and an acceptance are more than this"
        assert too_much(found) == []
        db.execute("DROP INDEX ix_ticket_hall_business_state_closed_ms")  # as it was without: the watch sees it
        assert len(too_much(walked(hall))) == 1
