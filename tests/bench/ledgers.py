"""The ledgers over a month of 2,000 cases on the server's own store: all figures, and a page of rows."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from figures import Figure, percentile

from sync.server.service.ledgers.ask import Asked, ledger_figures, ledger_page

sys.path.append(str(Path(__file__).resolve().parents[1] / "rules"))

from month_counter import HALL
from month_of_cases import FIRST, LAST, month_in

CASES = 2_000
ROUNDS = 60
LIMIT_MS = 100.0
PAGES = ("acceptance", "negative", "suspension")


def measure(cases: int = CASES) -> list[Figure]:
    """Make the month, then ask for the whole of it again and again."""
    asked = Asked(FIRST.isoformat(), LAST.isoformat())
    with tempfile.TemporaryDirectory() as folder, month_in(Path(folder), cases) as month:
        who = (month.service.context, month.caller("manager"), HALL)
        figures = _spent(lambda _: ledger_figures(*who, asked))
        pages = _spent(lambda n: ledger_page(*who, PAGES[n % len(PAGES)], asked))
    how = f"{ROUNDS} times, a month of {cases:,} cases"
    return [
        Figure("ledgers in figures, 95th percentile", percentile(figures, 0.95), "ms", LIMIT_MS, how),
        Figure("a page of a ledger, 95th percentile", percentile(pages, 0.95), "ms", LIMIT_MS, how),
    ]


def _spent(ask: Callable[[int], object]) -> list[float]:
    spent = []
    for n in range(ROUNDS):
        began = time.perf_counter()
        ask(n)
        spent.append((time.perf_counter() - began) * 1000)
    return spent
