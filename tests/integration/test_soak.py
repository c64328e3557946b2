"""A hall in fast motion leaves nothing open at its server, and one that comes back after a week loses nothing.

The short forms of ``make soak`` (20 minutes, and the memory) and ``make week-offline`` (72,000 operations).
"""

import asyncio
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "bench_server"))

import ground
from bombard import held, settled
from clients import counters
from hall_traffic import Traffic
from soak import PASSWORD, PERSON, furnished, processes_of
from week import cut_off, returned, stored, wrong_in

from sync.server.storage import halls

SECONDS, AT_WORK, LISTENERS = 2.0, 6, 8
CUT_OFF, EACH, DAYS = 4, 45, 2
POOLED = 60
"""Files that kept connections to the database and to clients are, of two processes."""


def test_a_hall_leaves_nothing_open_and_comes_back_whole_after_a_week(postgres: Any, tmp_path: Path) -> None:
    url = postgres.create("soak")
    with ground.opened(url) as storage:
        furnished(storage)
        windows = counters(storage, ground.WINDOWS[: CUT_OFF + AT_WORK])
        incarnation = storage.read(halls.incarnation) or ""
    back, working = windows[:CUT_OFF], windows[CUT_OFF:]
    with ExitStack() as stack, ground.served(url) as served, postgres.connect("soak") as database:
        before = held(served.process.pid)
        assert len(processes_of(served.process.pid)) == 2
        signed = cut_off(back, EACH, DAYS)
        returning = [stored(tmp_path, each, signed[each.window], incarnation, stack) for each in back]
        returned(returning, served.port)
        assert wrong_in(database, CUT_OFF * EACH) == []
        traffic = Traffic(served.port, PERSON.clerk, PASSWORD)
        asyncio.run(traffic.run(working, LISTENERS, SECONDS))
        assert traffic.wrong == []
        assert min(traffic.served, traffic.hints) > 0
        after = settled(served.process.pid, before, POOLED)
        assert after["lines"] <= before["lines"]
        assert after["files"] <= before["files"] + POOLED
