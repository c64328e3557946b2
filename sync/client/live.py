"""The beat of a window that shows the hall live: one thread that looks again at every hint, and often without hints."""

import threading
from abc import ABC, abstractmethod

from sync.client.ending import ended

HINTED_POLL_S = 5.0
"""Waits turn yellow and red without anybody doing anything."""
POLL_S = 0.5
"""Without hints the hall is asked for, so often that every outcome is seen within a second all the same."""


class LiveThread(ABC):
    """Calls ``_step`` again and again on a thread of its own. Implements ``sync.client.hints.Hinted``."""

    def __init__(self, name: str) -> None:
        self._hints_arrive = False
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @abstractmethod
    def _step(self) -> None:
        """Do what is wanted, and look at the hall once."""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def hint(self) -> None:
        """Something changed in the hall, or something is wanted."""
        self._awake.set()

    def set_hinted(self, *, hinted: bool) -> None:
        """Say whether hints arrive; without them the hall is polled."""
        self._hints_arrive = hinted
        self._awake.set()

    def stop(self) -> None:
        """End after the request that is under way."""
        self._stopping.set()
        self._awake.set()
        ended(self._thread)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            self._step()
            self._awake.wait(HINTED_POLL_S if self._hints_arrive else POLL_S)
