"""The spool at length: every byte of a receipt, every break; writes docs/printing.md; status 1 on a broken promise."""

import argparse
import logging
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from every_byte.breaks import NAMES, Break, Point, breaks
from every_byte.nursery import MOMENTS, Nursery
from every_byte.receipt import Wire, prepare
from every_byte.table import Found, table, totals
from every_byte.trial import Outcome, attempt

PAPER = Path(__file__).resolve().parents[2] / "docs" / "printing.md"
CABLE, POWER, PRINTER, RESET, DROP = range(5)
WORKERS = 4
"""A trial waits more than it works."""

_bench: tuple[Path, list[Break]] | None = None

TEXT = """# A receipt cut off at every byte

Written by `make spool`; do not edit. The real spooler on the real encrypted store sends an acceptance receipt
({size} bytes, with a rare name drawn in dots) over TCP to the simulated printer. {begins} bytes of status questions go
before it, {consumed} behind it ask whether it was consumed, {after} more ask for the state afterwards. At one byte
something breaks; then everything is mended, and a clerk who is asked looks at the printer and tells the truth. A paper
is whole when the printer got every byte of it, the cut included. What hangs in the printer half is cut off before the
next paper.

- {date}: {trials} trials in {minutes:.0f} minutes, {broken} broken promises
- promises: never two papers unasked; never told as printed without a paper; never lost; a second paper bears 补打

{totals}

Behind which byte each came out so (offsets count from the first byte of the first question):

{table}

Switching the printer off and its reset lose what it has buffered; otherwise it prints what it got. The last two breaks
are tried at the borders between commands.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="Cut a receipt off at every byte and look for broken promises.")
    parser.add_argument(
        "--every", type=int, default=1, help="only every so manieth byte; the paper is not written then"
    )
    parser.add_argument("--workers", type=int, default=WORKERS)
    arguments = parser.parse_args()
    began = time.monotonic()
    found: dict[str, Found] = {}
    with TemporaryDirectory() as folder:
        store = Path(folder) / "counter.db"
        edges = prepare(store)
        with ProcessPoolExecutor(arguments.workers, initializer=_set_up, initargs=(store,)) as pool:
            for number, name in enumerate(NAMES):
                points = list(_points(number, edges, arguments.every))
                outcomes = pool.map(_attempt, [number] * len(points), points, chunksize=8)
                found[name] = list(zip(points, outcomes, strict=True))
                print(totals({name: found[name]}).splitlines()[-1], flush=True)
                for at, outcome in found[name]:
                    if outcome.violation is not None:
                        print(f"{name}, behind byte {at}: {outcome}", flush=True)
    outcomes = [outcome for each in found.values() for _, outcome in each]
    broken = sum(each.violation is not None for each in outcomes)
    text = TEXT.format(
        size=edges.ends - edges.begins,
        begins=edges.begins,
        consumed=edges.answered - edges.ends,
        after=edges.length - edges.answered,
        date=datetime.now(UTC).date(),
        trials=len(outcomes),
        minutes=(time.monotonic() - began) / 60,
        broken=broken,
        totals=totals(found),
        table=table(found),
    )
    print(text)
    if arguments.every == 1:
        PAPER.write_text(text, encoding="utf-8")
    return 1 if broken else 0


def _points(number: int, edges: Wire, every: int) -> Iterator[Point]:
    if number in (RESET, DROP):
        yield from edges.boundaries[::every]
        return
    if number == POWER:
        yield from range(1, edges.length, every)  # at the last byte the program would be idle
        yield from MOMENTS
        return
    yield from range(0, edges.length + 1, every)


def _attempt(number: int, at: Point) -> Outcome:
    assert _bench is not None
    store, each_break = _bench
    return attempt(store, each_break[number], at)


def _set_up(store: Path) -> None:
    """Give a worker its nursery. A lost printer is worth a warning at a counter, and an everyday thing here."""
    global _bench  # noqa: PLW0603 - the worker's own
    logging.disable(logging.CRITICAL)
    _bench = store, list(breaks(Nursery()).values())


if __name__ == "__main__":
    sys.exit(main())
