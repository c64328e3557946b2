"""A counter in one piece of its life: the real encrypted store, the real spooler, the real line, and its clerk."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Self

from app.commands.system_clock import SystemClock
from app.ports.spool import JobState
from app.storage.opening import open_file
from app.storage.spool import CounterSpool
from app.storage.store import CounterStore
from app.usecases.settle_print import settle_print
from every_byte.receipt import CLERK, KEY, encode, signer
from printing.delivery import PrinterFault, PrinterReady, PrintEvent
from printing.errors import PrinterReason
from printing.profile import PrinterProfile
from printing.spooler import Spooler
from printing.thermal import cut_off
from printing.transport import Printer, open_printer

PATIENCE_S = 60.0
LOOK_AGAIN_S = 0.01
"""The spooler looks at an idle printer every five seconds; the trials have it look sooner."""
UNDER_WAY = (JobState.QUEUED, JobState.SENDING)
Kind = Callable[..., Spooler]


class Counter:
    """Owns a store and a spooler; use it as a context manager. ``printer`` takes the place of the one at ``url``."""

    def __init__(self, store: Path, url: str, kind: Kind = Spooler, printer: Printer | None = None) -> None:
        self._clock = SystemClock()
        self._database = open_file(store, KEY, self._clock)
        self._store = CounterStore(self._database, self._clock, signer())
        self._told: Queue[PrintEvent] = Queue()
        printer = printer or open_printer(url, self._clock)
        spool, cut = CounterSpool(self._database), cut_off(PrinterProfile())
        self._spooler = kind(spool, printer, encode, self._clock, self._told.put, cut_off=cut)
        self._ready = self._failed = False

    def __enter__(self) -> Self:
        self._spooler.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._spooler.stop()
        self._database.close()

    def await_fault(self) -> None:
        """Wait until the spooler has noticed that its line is gone."""
        self._await(lambda: self._failed)

    def await_rest(self, job_id: str) -> JobState:
        """Wait until a job has ended, well or in doubt, and the printer answers again; return what became of it."""
        self._await(lambda: self._ready and self._state(job_id) not in UNDER_WAY)
        return self._state(job_id)

    def answer(self, job_id: str, *, came_out: bool) -> str:
        """The clerk has looked at the printer and says so; return the job the paper is now."""
        again = settle_print(self._store, self._clock, job_id, came_out=came_out, by=CLERK)
        self._spooler.wake()
        return job_id if again is None else again.job_id

    def _state(self, job_id: str) -> JobState:
        with self._store.read() as view:
            job = view.print_job(job_id)
        assert job is not None
        return job.state

    def _await(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            self._hear()
            if done():
                return
            if time.monotonic() > deadline:
                raise TimeoutError(f"ready {self._ready}, failed {self._failed}")
            self._spooler.wake()

    def _hear(self) -> None:
        """Take what the spooler has told, waiting a moment for the first of it."""
        timeout = LOOK_AGAIN_S
        with suppress(Empty):
            while True:
                event = self._told.get(timeout=timeout)
                timeout = 0
                if isinstance(event, PrinterFault):
                    self._ready = False
                    self._failed |= event.reason is PrinterReason.UNREACHABLE  # silent is only slow
                elif isinstance(event, PrinterReady):
                    self._ready = True
