"""The receipt of the trials: an ordinary one with a rare name, its bytes on the wire, and a counter that owes it."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.commands.system_clock import SystemClock
from app.domain.clerk import Clerk
from app.domain.paper.blocks import Document, document_to_json
from app.domain.paper.fill import fill
from app.domain.rights import Role
from app.ports.spool import JobState, PrintJob
from app.ports.store import Counter
from app.storage.opening import open_file
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.slip_files import load_templates
from app.storage.store import CounterStore
from printing.profile import PrinterProfile
from printing.simulator.parser import Parser
from printing.simulator.printer import PrinterSimulator
from printing.status import AFTERWARDS, ASK_CONSUMED, ROUTINE, ask_status
from printing.thermal import encode as encode_document

FIELDS = Path(__file__).parents[2] / "golden" / "data" / "SL-05-rare-name.json"
SLIP, JOB = "SL-05", "receipt"
KEY = bytes(range(32))
MOST_REPRINTS = 4
CLERK = Clerk("0301", "甲", "D-SJ", frozenset({Role.CLERK}), ("A01",), (), 1 << 50)


@dataclass(frozen=True)
class Wire:
    """What the counter sends for one receipt, as offsets from its first byte."""

    begins: int
    """Before it stand the status questions."""
    ends: int
    """Behind it stands the question whether it was consumed."""
    answered: int
    """Behind that, only questions for the state afterwards."""
    length: int
    boundaries: tuple[int, ...]
    """Every offset at which one command ends and the next begins."""


def encode(job: PrintJob) -> bytes:
    """Return the printer bytes of a job; the trials have one document, so each reprint is encoded once."""
    return _bytes(job.reprint)


def signer() -> Ed25519Signer:
    return Ed25519Signer(bytes(32))


def prepare(path: Path) -> Wire:
    """Make the store of a registered counter whose receipt was committed and not yet printed."""
    clock = SystemClock()
    database = open_file(path, KEY, clock)
    replica = CounterReplica(database, clock)
    replica.register(Counter("device-1", replica.incarnation(), "0003", "9901", "9901", "A01"), "server-1")
    job = PrintJob(JOB, SLIP, document_to_json(_document()), 0, JobState.QUEUED, clock.now_ms())
    with CounterStore(database, clock, signer()).begin() as work:
        work.queue_print(job)
    database.close()
    return _wire(encode(job))


def whole_papers(printer: PrinterSimulator) -> list[int]:
    """Return for every paper in the tray that is a receipt, whole and nothing else, the how manieth reprint it is."""
    papers = [paper["sha256"] for paper in printer.handle({"do": "papers"})["papers"]]
    known = [hashlib.sha256(_bytes(reprint)).hexdigest() for reprint in range(MOST_REPRINTS)]
    return [known.index(paper) for paper in papers if paper in known]


def copy(prepared: Path, to: Path) -> Path:
    """Give a trial a store of its own."""
    return Path(shutil.copyfile(prepared, to))


@cache
def _document() -> Document:
    return fill(load_templates()[SLIP], json.loads(FIELDS.read_text(encoding="utf-8")))


@cache
def _bytes(reprint: int) -> bytes:
    return encode_document(_document(), PrinterProfile(), reprint)


def _wire(data: bytes) -> Wire:
    before, after = (sum(len(ask_status(n)) for n in asked) for asked in (ROUTINE, AFTERWARDS))
    boundaries, at = [before], before
    for command in Parser().feed(data):
        at += len(command.raw)
        boundaries.append(at)
    ends = before + len(data)
    answered = ends + len(ASK_CONSUMED)
    return Wire(before, ends, answered, answered + after, (*boundaries, answered))
