"""The print spool of the guide desk, in memory: the server holds every number and says its paper again (SL-01)."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.number_slip import NUMBER_SLIP
from app.ports.clock import Clock, new_id
from app.ports.spool import JobState, PrintJob

_DONE = frozenset({JobState.PRINTED, JobState.LOST})


class NumberSpool:
    """Implements ``app.ports.spool.Spool``; any thread may use it. A paper of a number is nobody's only record."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._jobs: dict[str, PrintJob] = {}
        self._torn = False

    def add(self, document: Mapping[str, Any], reprint: int = 0) -> str:
        """Take a filled slip, as ``document_to_json`` made it, and return its job.

        Whoever prints on has seen what became of the paper before: one in doubt is no longer waited for.
        """
        job = new_id(self._clock)
        with self._lock:
            self._torn = self._forget_doubt() or self._torn
            now_ms = self._clock.now_ms()
            self._jobs[job] = PrintJob(job, NUMBER_SLIP, document, reprint, JobState.QUEUED, created_ms=now_ms)
        return job

    def forget_doubt(self) -> None:
        """A person looked: the papers whose state is unknown came out."""
        with self._lock:
            self._forget_doubt()

    def next_queued(self) -> PrintJob | None:
        """See ``Spool``."""
        with self._lock:
            first = next(iter(self._jobs.values()), None)
        return first if first is not None and first.state is JobState.QUEUED else None

    def claim(self, job_id: str) -> bool:
        """See ``Spool``."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.state is not JobState.QUEUED:
                return False
            self._jobs[job_id] = replace(job, state=JobState.SENDING)
        return True

    def mark(self, job_id: str, state: JobState) -> None:
        """See ``Spool``."""
        with self._lock:
            self._torn = self._torn and state is not JobState.PRINTED
            if state in _DONE:
                self._jobs.pop(job_id, None)
            elif job_id in self._jobs:
                self._jobs[job_id] = replace(self._jobs[job_id], state=state)

    def torn_before(self, job_id: str) -> bool:
        """See ``Spool``. A paper in doubt that another one followed may hang in the printer."""
        return self._torn and job_id in self._jobs

    def recover(self) -> list[PrintJob]:
        """See ``Spool``."""
        with self._lock:
            for job in self._jobs.values():
                if job.state is JobState.SENDING:
                    self._jobs[job.job_id] = replace(job, state=JobState.UNKNOWN)
            return [job for job in self._jobs.values() if job.state is JobState.UNKNOWN]

    def _forget_doubt(self) -> bool:
        """Let the papers in doubt go, and say whether there were any."""
        before = len(self._jobs)
        self._jobs = {key: job for key, job in self._jobs.items() if job.state is not JobState.UNKNOWN}
        return len(self._jobs) < before
