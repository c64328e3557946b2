"""A print spool in memory and a job that stumbles a careless parser, for tests of a spooler before a real line."""

import threading
from dataclasses import replace

from app.ports.spool import JobState, PrintJob
from printing.profile import PrinterProfile
from printing.thermal import cut_off

TEXT = "排队号票 A018"
JOB = b"\x1b@\x1c&" + TEXT.encode("gbk") + b"\n" + b"\x1dv0\x00\x08\x00\x20\x00" + b"\x10\x04" * 128 + b"\n\x1dV\x01"
CUT = cut_off(PrinterProfile("gbk", 32, 384))


class MemorySpool:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, PrintJob] = {}

    def add(self, job_id: str) -> None:
        with self._lock:
            self._jobs[job_id] = PrintJob(job_id, "SL-01", {}, 0, JobState.QUEUED, created_ms=0)

    def state(self, job_id: str) -> JobState:
        with self._lock:
            return self._jobs[job_id].state

    def next_queued(self) -> PrintJob | None:
        with self._lock:
            if any(job.state is JobState.UNKNOWN for job in self._jobs.values()):
                return None
            return next((job for job in self._jobs.values() if job.state is JobState.QUEUED), None)

    def claim(self, job_id: str) -> bool:
        queued = self.state(job_id) is JobState.QUEUED
        if queued:
            self.mark(job_id, JobState.SENDING)
        return queued

    def mark(self, job_id: str, state: JobState) -> None:
        with self._lock:
            self._jobs[job_id] = replace(self._jobs[job_id], state=state)

    def torn_before(self, job_id: str) -> bool:
        with self._lock:
            before = [job.state for job in self._jobs.values() if job.job_id < job_id]
            return before[-1:] == [JobState.LOST]

    def recover(self) -> list[PrintJob]:
        return []
