"""The other ways of a counter open with its settings; without them what was sent there waits at its own printer."""

from queue import Queue
from typing import Any

import pytest

from app.commands.settings import PrinterSettings
from app.commands.system_clock import SystemClock
from app.commands.ways_opening import slips_on, start_other
from app.domain.paper.blocks import Document, Title, document_to_json
from app.ports.spool import JobState, PrintJob, PrintWay
from printing.a4_printer import FolderPrinter
from printing.delivery import JobPrinted, WayEvent
from printing.simulator.printer import PrinterSimulator

PATIENCE_S = 10


@pytest.fixture
def told() -> Queue[WayEvent]:
    return Queue()


def queue(kit: Any, way: PrintWay, state: JobState = JobState.QUEUED) -> str:
    document = document_to_json(Document("SL-05", (Title("受理通知书"),)))
    job = PrintJob(f"{way}-{state}", "SL-05", document, 0, state, 1, way=way)
    with kit.store.begin() as work:
        work.queue_print(job)
    return job.job_id


def stands(kit: Any, job_id: str) -> tuple[JobState, PrintWay]:
    with kit.store.read() as view:
        job = view.print_job(job_id)
    return job.state, job.way


def test_the_second_printer_prints_with_settings_of_its_own(kit: Any, told: Queue[WayEvent]) -> None:
    simulator = PrinterSimulator("127.0.0.1", 0, SystemClock(), width=384)
    simulator.start()
    url = "tcp://{}:{}".format(*simulator.address)
    job_id = queue(kit, PrintWay.OTHER)
    other = start_other(PrinterSettings(url, "gbk", 32, name="A02"), kit.database, SystemClock(), told.put)
    assert other is not None
    try:
        assert told.get(timeout=PATIENCE_S) == JobPrinted(job_id)
        (paper,) = simulator.handle({"do": "papers"})["papers"]
        assert (paper["text"].split(), paper["violations"]) == (["受理通知书"], [])
    finally:
        other.stop()
        simulator.stop()


def test_a_way_that_is_set_no_more_gives_its_papers_back(kit: Any, tmp_path: Any, told: Queue[WayEvent]) -> None:
    other, a4 = queue(kit, PrintWay.OTHER), queue(kit, PrintWay.A4)
    assert start_other(None, kit.database, SystemClock(), told.put) is None
    assert stands(kit, a4) == (JobState.QUEUED, PrintWay.A4), "that way is another's"
    assert slips_on(None, FolderPrinter(tmp_path, kept=True), kit.database, told.put) is None
    assert [stands(kit, each) for each in (other, a4)] == [(JobState.QUEUED, PrintWay.OWN)] * 2


def test_what_may_have_come_out_there_stays_in_doubt(kit: Any, told: Queue[WayEvent]) -> None:
    sent, waiting = queue(kit, PrintWay.OTHER, JobState.SENDING), queue(kit, PrintWay.OTHER)
    start_other(None, kit.database, SystemClock(), told.put)
    assert stands(kit, sent) == (JobState.UNKNOWN, PrintWay.OTHER)
    assert stands(kit, waiting) == (JobState.QUEUED, PrintWay.OWN), "it never went there, so nothing is in doubt"
