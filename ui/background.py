"""Work off the GUI thread: one worker runs callables one after another, one signal brings their results home."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.ports.clock import Clock

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Result:
    job: _Job
    value: Any = None
    incident: str | None = None


class Background(QObject):
    """A serial engine. Business refusals are values that ``work`` returns; an exception is an incident."""

    _came_home = Signal(object)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._came_home.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._loop, name="engine", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        """Run ``work`` on the engine; then, on the GUI thread, ``done(value)`` or ``failed(incident number)``."""
        self._jobs.put(_Job(work, done, failed))

    def close(self, timeout_s: float = 10.0) -> None:
        """Finish what was begun and stop; results that come home afterwards are not delivered."""
        self._came_home.disconnect(self._deliver)
        self._jobs.put(None)
        self._thread.join(timeout_s)

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._came_home.emit(self._perform(job))

    def _perform(self, job: _Job) -> _Result:
        try:
            return _Result(job, job.work())
        except Exception:
            incident = incident_number(self._clock)
            logger.exception("engine.work_failed incident=%s", incident)
            return _Result(job, incident=incident)

    @Slot(object)
    def _deliver(self, result: _Result) -> None:
        if result.incident is None:
            result.job.done(result.value)
        else:
            result.job.failed(result.incident)


def incident_number(clock: Clock) -> str:
    """Return a number a clerk can read out and an operator can find in the log: E- and six letters or digits."""
    alphabet = "23456789ABCDEFGHJKLMNPRSTUVWXYZ"
    return "E-" + "".join(alphabet[byte % len(alphabet)] for byte in clock.random_bytes(6))
