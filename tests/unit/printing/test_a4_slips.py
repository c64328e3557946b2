"""A slip on A4: one copy from the thread of the originals; refused it goes back, in doubt it is asked for."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pypdf
import pytest

from app.domain.paper.blocks import Document, KeyValue, Title, document_to_json
from app.ports.originals import A4Fault, A4Reason, HandedOver
from app.ports.spool import JobState, PrintJob, PrintWay
from app.storage.originals import CounterOriginals
from app.storage.spool import CounterSpool
from printing.a4_printer import FolderPrinter
from printing.a4_slips import A4Slips
from printing.a4_spooler import A4Spooler, render_pdf
from printing.delivery import JobPrinted, JobReturned, JobUnknown, WayEvent

DOCUMENT = Document("SL-05", (Title("受理通知书"), KeyValue("办件编号", "9901-0003-20261123-0017-C")))


class Refusing(FolderPrinter):
    """Says no in some way."""

    def __init__(self, folder: Path, fault: A4Fault) -> None:
        super().__init__(folder)
        self._fault = fault

    def hand_over(self, pdf: bytes, name: str, copies: int) -> HandedOver:
        raise self._fault

    def keep_only(self, names: Collection[str]) -> None:
        """Nothing is kept."""


@pytest.fixture
def told() -> list[WayEvent]:
    return []


def queue(kit: Any, way: PrintWay = PrintWay.A4) -> CounterSpool:
    job = PrintJob("0123456789abcdef", "SL-05", document_to_json(DOCUMENT), 1, JobState.QUEUED, 1, way=way)
    with kit.store.begin() as work:
        work.queue_print(job)
    return CounterSpool(kit.database, PrintWay.A4)


def state(kit: Any) -> tuple[JobState, PrintWay]:
    with kit.store.read() as view:
        job = view.print_job("0123456789abcdef")
    return job.state, job.way


def test_the_same_paper_comes_out_once_with_its_number(kit: Any, tmp_path: Path, told: list[WayEvent]) -> None:
    printer = FolderPrinter(tmp_path)
    slips = A4Slips(queue(kit), printer, told.append, render_pdf)
    spooler = A4Spooler(CounterOriginals(kit.database), printer, kit.clock, lambda: None, slips)
    spooler._work()
    (file,) = tmp_path.iterdir()
    assert file.name == "SL-05-abcdef.pdf", "a job's name in a queue names no person"
    words = pypdf.PdfReader(file).pages[0].extract_text()
    assert "9901-0003-20261123-0017-C" in words
    assert "补打 1" in words
    assert (told, state(kit)) == ([JobPrinted("0123456789abcdef")], (JobState.PRINTED, PrintWay.A4))
    assert not slips.step()


def test_what_waits_for_the_slip_printer_is_left_alone(kit: Any, tmp_path: Path, told: list[WayEvent]) -> None:
    slips = A4Slips(queue(kit, PrintWay.OWN), FolderPrinter(tmp_path), told.append, render_pdf)
    assert not slips.step()
    assert state(kit) == (JobState.QUEUED, PrintWay.OWN)


@pytest.mark.parametrize(
    ("fault", "event", "wanted"),
    [
        (
            A4Fault(A4Reason.STOPPED),
            JobReturned("0123456789abcdef", "a4_stopped"),
            (JobState.QUEUED, PrintWay.OWN),
        ),
        (
            A4Fault(A4Reason.DROPPED, unsure=True),
            JobUnknown("0123456789abcdef"),
            (JobState.UNKNOWN, PrintWay.A4),
        ),
    ],
)
def test_refused_it_goes_back_and_in_doubt_it_is_asked_for(
    kit: Any, tmp_path: Path, told: list[WayEvent], *, fault: A4Fault, event: WayEvent, wanted: Any
) -> None:
    slips = A4Slips(queue(kit), Refusing(tmp_path, fault), told.append, render_pdf)
    assert slips.step()
    assert (told, state(kit)) == ([event], wanted)
    assert not slips.step()


def test_one_that_cannot_be_laid_out_goes_back(kit: Any, tmp_path: Path, told: list[WayEvent]) -> None:
    with kit.store.begin() as work:
        work.queue_print(PrintJob("x", "SL-05", {"version": 99}, 0, JobState.QUEUED, 1, way=PrintWay.A4))
    slips = A4Slips(CounterSpool(kit.database, PrintWay.A4), FolderPrinter(tmp_path), told.append, render_pdf)
    assert slips.step()
    assert told == [JobReturned("x", "a4_not_rendered")]


def test_one_on_its_way_at_a_crash_is_in_doubt(kit: Any, tmp_path: Path, told: list[WayEvent]) -> None:
    spool = queue(kit)
    assert spool.claim("0123456789abcdef")
    A4Slips(spool, FolderPrinter(tmp_path), told.append, render_pdf).recover()
    assert told == [JobUnknown("0123456789abcdef")]
