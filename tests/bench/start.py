"""How soon a clerk sees the window, and can work: the counter alone, and the whole hall by ``make run``."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archive import CASES
from figures import Figure, median
from hands import ROOT, Display, Window
from journal import Journal

STARTS = 5


def measure(display: Display, data: Path) -> list[Figure]:
    """Return the figures of the counter and of the hall in ``data``, which both have been used before."""
    alone = [_counter(display, data / "counter") for _ in range(STARTS)]
    seen = median([_make_run(display, data) for _ in range(STARTS)])
    how = f"{CASES:,} cases, median of {STARTS}, from process start"
    return [
        Figure("first paint of the counter", median([each[0] for each in alone]), "s", 1.0, how),
        Figure(
            "the counter with its data", median([each[1] for each in alone]), "s", None, "the same, without a server"
        ),
        Figure("second make run to the painted window", seen, "s", 3.0, f"median of {STARTS}"),
    ]


def _counter(display: Display, counter_data: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "app.main", "counter", "--data", str(counter_data)]
    with _running(display, command, signal.SIGTERM) as started:
        journal = Journal(counter_data, started)
        return journal.first("counter.first_paint").at - started, journal.first("counter.ready").at - started


def _make_run(display: Display, data: Path) -> float:
    # `ready` was made before the bench; asked again, it may set the whole checkout up anew.
    with _running(display, ["make", "-o", "ready", "run", f"DATA={data}"], signal.SIGINT) as started:
        Window(display, "窗口").find(60.0)
        journal = Journal(data / "counter", started)
        painted = journal.first("counter.first_paint").at - started
        journal.first("counter.ready")
        return painted


@contextmanager
def _running(display: Display, command: Sequence[str], ending: signal.Signals) -> Iterator[float]:
    """Run a command on the display until the block ends; gives the moment of its start."""
    environment = {**os.environ, "DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"}
    started = time.time()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        yield started
    finally:
        os.killpg(process.pid, ending)
        process.wait(30)
