"""The spooler of Windows: what it says of a printer, and that a document it forgot too early is in doubt."""

import sys

import pytest
from fake_winspool import Spooler

from printing.errors import PrinterReason
from printing.queue_state import Progress, QueueFault, QueueState
from printing.windows_queue import WindowsQueue

NOWHERE = ("127.0.0.1", 1)


@pytest.fixture
def spooler(monkeypatch: pytest.MonkeyPatch) -> Spooler:
    spooler = Spooler(NOWHERE)
    monkeypatch.setitem(sys.modules, "win32print", spooler.as_module())
    return spooler


@pytest.fixture
def queue() -> WindowsQueue:
    return WindowsQueue("热敏小票")


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (0, None),
        (0x10, PrinterReason.PAPER_OUT),
        (0x400000, PrinterReason.COVER_OPEN),
        (0x8, PrinterReason.UNRECOVERABLE),
        (0x1, PrinterReason.QUEUE_STOPPED),
        (0x80, PrinterReason.OFFLINE),
        (0x80 | 0x10, PrinterReason.PAPER_OUT),
    ],
)
def test_what_it_says_of_the_printer_has_a_reason(
    spooler: Spooler, queue: WindowsQueue, status: int, fault: PrinterReason | None
) -> None:
    spooler.stand(status)
    assert queue.state() == QueueState(fault)
    assert spooler.open_handles == 0


def test_a_printer_set_to_work_offline_is_offline(spooler: Spooler, queue: WindowsQueue) -> None:
    spooler.attributes = 0x400
    assert queue.state() == QueueState(PrinterReason.OFFLINE)


def test_a_document_taken_out_while_it_waited_is_in_doubt_and_one_taken_back_here_is_gone(
    spooler: Spooler, queue: WindowsQueue
) -> None:
    spooler.hold = True
    first, second = queue.submit(b"a", "slip"), queue.submit(b"b", "slip")
    assert queue.progress(first) is queue.progress(second) is Progress.WAITING
    spooler.delete_by_hand(first)
    assert queue.progress(first) is Progress.GONE
    queue.cancel(second)
    assert queue.progress(second) is Progress.GONE
    with pytest.raises(QueueFault):
        queue.cancel(second)


def test_what_goes_wrong_while_it_writes_may_have_been_taken(spooler: Spooler, queue: WindowsQueue) -> None:
    spooler.breaks = True
    with pytest.raises(QueueFault) as caught:
        queue.submit(b"a", "slip")
    assert caught.value.unsure
    assert spooler.open_handles == 0


def test_no_such_printer_is_unreachable(spooler: Spooler) -> None:
    with pytest.raises(QueueFault) as caught:
        WindowsQueue("另一台").state()
    assert (caught.value.reason, caught.value.unsure) == (PrinterReason.UNREACHABLE, False)
