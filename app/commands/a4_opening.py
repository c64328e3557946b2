"""Opens the A4 role of a counter: the thread that prints the sealed originals, on what counter.toml names."""

from collections.abc import Callable
from pathlib import Path

from app.commands.ways_opening import Tell, slips_on
from app.ports.clock import Clock
from app.storage.engine import Database
from app.storage.originals import CounterOriginals
from printing.a4_printer import a4_printer
from printing.a4_spooler import A4Spooler

KEPT = "originals"
"""Where the PDFs of a counter without an A4 printer lie, in its data directory."""


def start_a4(
    url: str | None, data: Path, database: Database, clock: Clock, *, changed: Callable[[], None], tell: Tell
) -> A4Spooler:
    """Start the thread; ``url`` was checked with the settings, ``changed`` and ``tell`` are called in that thread."""
    printer = a4_printer(url, data / KEPT, data, clock)
    slips = slips_on(url, printer, database, tell)
    spooler = A4Spooler(CounterOriginals(database), printer, clock, changed, slips)
    spooler.start()
    return spooler
