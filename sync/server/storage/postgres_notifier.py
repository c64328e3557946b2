"""LISTEN and NOTIFY as a hint between the processes on one PostgreSQL (sync.md section 7).

The notice is sent after the commit on a connection of its own: inside the transaction PostgreSQL would let every commit
that notifies wait for the others.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Engine

logger = logging.getLogger(__name__)

CHANNEL = "chuangkou_feed"
LOOK_S = 0.25
"""How often a waiting connection looks whether it is to end."""
PATIENCE_S = 10
"""How long a connection may take to open."""
END_S = 1.0
"""How long the end waits for a thread that is just connecting; it ends with the process."""
AGAIN_S = 1.0
"""How long nobody is heard after the connection broke; who streams looks at the feed by itself meanwhile."""


class PostgresNotifier:
    """Two threads with a connection each: one that listens, one that tells. Both come back after a broken line."""

    def __init__(self, engine: Engine) -> None:
        _, self._address = engine.dialect.create_connect_args(engine.url)
        self._heard: Callable[[str], None] = _nobody
        self._moved: set[str] = set()
        self._waiting = threading.Condition()
        self._ended = threading.Event()
        self._teller: int | None = None
        self._threads = [
            threading.Thread(target=self._stay, args=(part,), name=name, daemon=True)
            for part, name in ((self._listen, "notices-in"), (self._send, "notices-out"))
        ]

    def start(self, heard: Callable[[str], None]) -> None:
        """See ``Notifier``."""
        self._heard = heard
        for thread in self._threads:
            thread.start()

    def tell(self, hall: str) -> None:
        """See ``Notifier``: this process hears at once, the others over the database."""
        self._heard(hall)
        with self._waiting:
            self._moved.add(hall)
            self._waiting.notify()

    def close(self) -> None:
        """See ``Notifier``."""
        self._ended.set()
        with self._waiting:
            self._waiting.notify()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(END_S)

    def _stay(self, part: Callable[["psycopg.Connection[Any]"], None]) -> None:
        while not self._ended.is_set():
            try:
                with psycopg.connect(**{"connect_timeout": PATIENCE_S, **self._address}, autocommit=True) as connection:
                    part(connection)
            except psycopg.Error as error:
                logger.warning("notices.broken error=%s", type(error).__name__)
                self._ended.wait(AGAIN_S)

    def _listen(self, connection: "psycopg.Connection[Any]") -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        while not self._ended.is_set():
            for notice in connection.notifies(timeout=LOOK_S):
                if notice.pid != self._teller:
                    self._heard(notice.payload)

    def _send(self, connection: "psycopg.Connection[Any]") -> None:
        self._teller = connection.info.backend_pid
        while not self._ended.is_set():
            with self._waiting:
                self._waiting.wait_for(lambda: self._moved or self._ended.is_set())
                moved, self._moved = self._moved, set()
            try:
                for hall in sorted(moved):
                    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, hall))
            except psycopg.Error:
                with self._waiting:
                    self._moved |= moved  # told again on the next connection
                raise


def _nobody(_hall: str) -> None:
    """Stand in before anybody listens."""
