"""A counter whose process kills itself between two bytes of what it sends."""

import os
import signal
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from app.commands.system_clock import SystemClock
from app.ports.spool import JobState
from app.storage.opening import open_file
from app.storage.spool import CounterSpool
from every_byte.counter import Counter
from every_byte.nursery import ANSWERED, CLAIMED
from every_byte.receipt import KEY, encode, prepare
from printing.address import TcpAddress, parse_printer
from printing.status import is_consumed_answer
from printing.streams import Stream, stream_to
from printing.transport import PrinterLine

LONGEST_QUESTION = 3


class Deadly:
    """A line that ends its process at one point."""

    def __init__(self, stream: Stream, at: int | str) -> None:
        self._stream = stream
        self._at = at
        self._left = at if isinstance(at, int) else None

    def send(self, data: bytes) -> int:
        if self._at == CLAIMED and len(data) > LONGEST_QUESTION:
            _die()
        if self._left is None:
            return self._stream.send(data)
        taken = self._stream.send(data[: self._left]) if self._left else 0
        self._left -= taken
        if self._left == 0:
            _die()
        return taken

    def receive(self, timeout_ms: int) -> bytes:
        data = self._stream.receive(timeout_ms)
        if self._at == ANSWERED and any(map(is_consumed_answer, data)):
            _die()
        return data

    def close(self) -> None:
        self._stream.close()


def warm_up() -> None:
    """Load and compile once what every victim needs; no thread is left behind."""
    with TemporaryDirectory() as folder:
        store = Path(folder) / "counter.db"
        prepare(store)
        database = open_file(store, KEY, SystemClock())
        spool = CounterSpool(database)
        spool.recover()
        job = spool.next_queued()
        assert job is not None
        encode(job)
        spool.torn_before(job.job_id)
        spool.claim(job.job_id)
        spool.mark(job.job_id, JobState.PRINTED)
        database.close()


def live(store: str, url: str, at: int | str) -> None:
    """Send what the store holds until the end."""
    address = parse_printer(url)
    assert isinstance(address, TcpAddress)
    connect = stream_to(address)
    printer = PrinterLine(lambda: Deadly(connect(), at), SystemClock())
    with Counter(Path(store), url, printer=printer):
        Event().wait()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
