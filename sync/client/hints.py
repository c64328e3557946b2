"""Listens for the hall's hints, so that a new ticket shows at once; data always comes from pull."""

import logging
import threading
from typing import Protocol

import httpx2

logger = logging.getLogger(__name__)

RETRY_S = 5.0
SILENCE_S = 45.0
"""The server says something every 15 seconds; three times nothing is a dead connection."""


class Hinted(Protocol):
    """Who wants hints."""

    def hint(self) -> None:
        """Something changed."""
        ...

    def set_hinted(self, *, hinted: bool) -> None:
        """Say whether hints arrive at all."""
        ...


class HintListener:
    """One thread on the event stream of one hall; while it has no stream the worker polls.

    A stream that was silent for ``silence_s`` seconds is dead, whatever TCP knows of it (a half-open connection), and
    ``retry_s`` seconds after its end another is opened.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        hall: str,
        worker: Hinted,
        *,
        silence_s: float = SILENCE_S,
        retry_s: float = RETRY_S,
    ) -> None:
        self._client = httpx2.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}", "Accept": "text/event-stream"},
            timeout=httpx2.Timeout(silence_s, connect=RETRY_S),
            trust_env=False,
        )
        self._path = f"/v1/halls/{hall}/stream"
        self._worker = worker
        self._retry_s = retry_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hints", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; a read that is under way may hold the thread a little, so it is not waited for."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except (httpx2.HTTPError, httpx2.StreamError) as error:
                logger.debug("hints.lost error=%s", type(error).__name__)
            self._worker.set_hinted(hinted=False)
            self._stopping.wait(self._retry_s)
        self._client.close()

    def _listen(self) -> None:
        with self._client.stream("GET", self._path) as response:
            response.raise_for_status()
            self._worker.set_hinted(hinted=True)
            for line in response.iter_lines():
                if self._stopping.is_set():
                    return
                # What the hint says does not matter: pull will tell.
                if line.startswith("data:"):
                    self._worker.hint()
