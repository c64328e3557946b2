"""The counter's store: hands use cases a view to read, or the one transaction in which an act becomes durable."""

import contextlib
from collections.abc import Iterator

from app.ports.clock import Clock
from app.ports.signer import Signer
from app.storage.engine import Database
from app.storage.parsed import Parsed
from app.storage.view import View
from app.storage.work import OpenWork


class CounterStore:
    """Implements ``app.ports.store.Store``; may be used from any thread."""

    def __init__(self, database: Database, clock: Clock, signer: Signer) -> None:
        self._database = database
        self._clock = clock
        self._signer = signer
        self._parsed = Parsed()

    @contextlib.contextmanager
    def read(self) -> Iterator[View]:
        """Open a consistent view.

        Raises:
            StoreFault: the file cannot be read.
        """
        with self._database.read() as connection:
            yield View(connection, self._parsed)

    @contextlib.contextmanager
    def begin(self) -> Iterator[OpenWork]:
        """Open one write transaction; durable when it returns, dropped on any error.

        Raises:
            StoreFault: nothing was kept.
        """
        with self._database.write() as connection:
            yield OpenWork(connection, self._parsed, self._clock, self._signer)
