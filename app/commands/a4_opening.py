"""Opens the A4 role of a counter: the thread that prints the sealed originals, on what counter.toml names."""

from collections.abc import Callable
from pathlib import Path

from app.ports.clock import Clock
from app.storage.engine import Database
from app.storage.originals import CounterOriginals
from printing.a4_printer import a4_printer
from printing.a4_spooler import A4Spooler

KEPT = "originals"
"""Where the PDFs of a counter without an A4 printer lie, in its data directory."""


def start_a4(url: str | None, data: Path, database: Database, clock: Clock, changed: Callable[[], None]) -> A4Spooler:
    """Start the thread; ``url`` was checked with the settings, ``changed`` is called in that thread."""
    spooler = A4Spooler(CounterOriginals(database), a4_printer(url, data / KEPT, data), clock, changed)
    spooler.start()
    return spooler
