"""A slip printer behind a queue of CUPS: what the queue says is told, and what it keeps is never printed twice."""

import os
from collections.abc import Iterator
from pathlib import Path

import fake_cups
import pytest
from memory_spool import JOB
from printer_ends import Station, Way, Ways, station

from app.commands.system_clock import SystemClock
from app.ports.spool import JobState
from printing import delivery
from printing.delivery import JobPrinted, JobUnknown, PrinterFault, PrinterReady
from printing.errors import PrinterError, PrinterReason
from printing.status import ROUTINE
from printing.transport import open_printer

FIRST = 12


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a queue named SLIP."""
    state = tmp_path / "cups"
    fake_cups.install(tmp_path / "bin", state)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_CUPS", str(state))
    return state


@pytest.mark.parametrize(
    ("queue_state", "fault", "near_end"),
    [
        ({}, None, False),
        ({"alerts": "media-low-warning"}, None, True),
        ({"alerts": "media-low-report media-empty-error"}, PrinterReason.PAPER_OUT, True),
        ({"alerts": "cover-open"}, PrinterReason.COVER_OPEN, False),
        ({"alerts": "media-jam-error"}, PrinterReason.UNRECOVERABLE, False),
        ({"alerts": "offline-report"}, PrinterReason.OFFLINE, False),
        ({"enabled": False, "alerts": "paused"}, PrinterReason.QUEUE_STOPPED, False),
        ({"enabled": False, "alerts": "media-empty"}, PrinterReason.PAPER_OUT, False),
        ({"accepting": False}, PrinterReason.QUEUE_STOPPED, False),
    ],
)
def test_what_the_queue_complains_of_has_a_reason(
    queue: Path, queue_state: dict[str, object], fault: PrinterReason | None, *, near_end: bool
) -> None:
    fake_cups.change(queue, **queue_state)
    status = open_printer("cups:SLIP", SystemClock()).status(ROUTINE)
    assert (status.fault, status.near_end, status.blind) == (fault, near_end, True)


def test_no_such_queue_and_no_cups_are_told(queue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for url, reason in (("cups:NONE", PrinterReason.UNREACHABLE), ("cups:SLIP", PrinterReason.NO_DRIVER)):
        with pytest.raises(PrinterError) as caught:
            open_printer(url, SystemClock()).status(ROUTINE)
        assert caught.value.reason is reason
        monkeypatch.setenv("PATH", str(queue))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Station]:
    with station(Ways(tmp_path, monkeypatch), "cups") as (here, _):
        here.spooler.start()
        assert here.next_event() == PrinterReady(near_end=False, blind=True)
        yield here


def state_of(way: Way) -> Path:
    assert way.blind
    return Path(os.environ["FAKE_CUPS"])


def test_a_queue_stopped_in_the_middle_goes_on_when_it_is_enabled(here: Station) -> None:
    queue = state_of(here.way)
    fake_cups.change(queue, hold=True)
    here.print("a")
    here.until(lambda: bool(fake_cups.jobs(queue)))
    fake_cups.change(queue, enabled=False)
    assert here.next_event() == PrinterFault(PrinterReason.QUEUE_STOPPED)
    assert (here.spool.state("a"), here.papers()) == (JobState.SENDING, [])
    fake_cups.change(queue, enabled=True, hold=False)
    ends = {str(here.next_event()), str(here.next_event())}
    assert ends == {str(JobPrinted("a")), str(PrinterReady(near_end=False, blind=True))}
    (paper,) = here.fallen(1)
    assert paper["bytes"] == len(JOB)


def test_what_the_queue_gave_up_is_in_doubt(here: Station) -> None:
    queue = state_of(here.way)
    fake_cups.change(queue, hold=True)
    here.print("a")
    here.until(lambda: bool(fake_cups.jobs(queue)))
    fake_cups.end(queue, FIRST, "aborted")
    assert here.next_event() == PrinterFault(PrinterReason.DROPPED)
    assert here.next_event() == JobUnknown("a")


def test_what_is_given_up_is_taken_out_of_the_queue_first(here: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = state_of(here.way)
    fake_cups.change(queue, hold=True)
    with monkeypatch.context() as hasty:
        hasty.setattr(delivery, "CONFIRM_BASE_MS", 0)
        hasty.setattr(delivery, "SLOWEST_BYTES_PER_S", 1_000_000)
        here.print("a")
        assert here.next_event() == JobUnknown("a")
    assert [each["state"] for each in fake_cups.jobs(queue)] == ["canceled"]
    fake_cups.change(queue, hold=False)
    here.spool.mark("a", JobState.LOST)
    here.print("b")
    assert here.next_event() == JobPrinted("b")
    assert len(here.fallen(2)) == 2, "the cut of what might hang there, and the one paper"
