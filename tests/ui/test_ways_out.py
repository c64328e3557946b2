"""The printer stands still in the living window: 1 mends itself, 2 another printer, 3 A4, 4 by hand; a digit each."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ending_hands import decide, right, screens_of
from living_counter import Key, Living, everywhere, living
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_counter_screens import SIZES

from app.commands.system_clock import SystemClock
from app.domain.clerk import Clerk
from app.domain.paper.blocks import document_from_json
from app.ports.spool import JobState, PrintJob, PrintWay
from app.storage.originals import CounterOriginals
from app.storage.spool import CounterSpool
from printing import guest_spooler
from printing.a4_printer import FolderPrinter
from printing.a4_slips import A4Slips
from printing.a4_spooler import A4Spooler, render_pdf
from printing.bitmap import render
from printing.delivery import OtherPrinter, PrinterFault, PrinterReady
from printing.errors import PrinterReason
from printing.guest_spooler import GuestSpooler
from printing.profile import PrinterProfile
from printing.simulator.printer import PrinterSimulator
from printing.thermal import cut_off, encode
from printing.transport import open_printer
from ui.screens.counter.state import Ways
from ui.screens.counter.view_model import IdleView, ServingView
from ui.screens.handover.state import HandoverState
from ui.screens.search.view_model import SearchView
from ui.texts import text
from ui.widgets.slip_views import FaultView

PROFILE = PrinterProfile()
CTRL = Qt.KeyboardModifier.ControlModifier


class Hall:
    """The window A01, the printer of A02, and an A4 printer that fills a folder; of the own printer only news."""

    def __init__(self, counter: Living, folder: Path) -> None:
        self.counter, self.folder = counter, folder
        kit, tell = counter.kit, counter.bridge.printer.emit
        self.neighbour = PrinterSimulator("127.0.0.1", 0, SystemClock())
        self.neighbour.start()
        printer = open_printer("tcp://{}:{}".format(*self.neighbour.address), SystemClock())
        spool = CounterSpool(kit.database, PrintWay.OTHER)
        self.guest = GuestSpooler(spool, printer, _bytes_of, SystemClock(), tell, cut_off=cut_off(PROFILE))
        a4 = FolderPrinter(folder)
        slips = A4Slips(CounterSpool(kit.database, PrintWay.A4), a4, tell, render_pdf)
        self.a4 = A4Spooler(CounterOriginals(kit.database), a4, kit.clock, counter.bridge.changed.emit, slips)
        self.guest.start()
        self.a4.start()
        counter.presenter._parts = replace(
            counter.parts,
            render=lambda document, reprint: render(document, PROFILE, reprint),
            wake_other=self.guest.wake,
            wake_a4=self.a4.wake,
        )
        counter.presenter.update(ways=Ways("A02 窗口", a4=True))

    def stop(self) -> None:
        self.guest.stop()
        self.a4.stop()
        self.neighbour.stop()

    def stands_still(self, reason: PrinterReason = PrinterReason.PAPER_OUT) -> None:
        self.counter.bridge.printer.emit(PrinterFault(reason))
        self.counter.until(lambda: self.counter.state.devices["printer"].reason == reason.value)

    def choose(self, key: Key) -> None:
        """Press a digit once the panel is on the screen: what is not shown cannot be chosen."""
        frame = self.counter.window._frame
        assert frame is not None
        self.counter.until(lambda: frame.slip.fault._view == right(self.counter).fault is not None)
        self.counter.press(key)

    def becomes(self, state: JobState, way: PrintWay) -> None:
        self.counter.until(lambda: self._job() == (state, way))

    def papers(self) -> list[str]:
        return [each["text"] for each in self.neighbour.handle({"do": "papers"})["papers"]]

    def panel(self) -> FaultView:
        fault = right(self.counter).fault
        assert fault is not None
        return fault

    def said(self) -> str:
        """What the clerk may say to the citizen now."""
        view = self.counter.window._view
        assert view is not None
        assert isinstance(view.centre, ServingView)
        return "".join(view.centre.say)

    def last_operation(self) -> tuple[str, Any]:
        kinds = ("slip.diverted", "slip.handwritten")
        last = [each for each in self.counter.kit.operations() if each.kind in kinds][-1]
        return last.kind, last.payload

    def number(self) -> str:
        assert self.counter.state.issued is not None
        return self.counter.state.issued.case_no

    def _job(self) -> tuple[JobState, PrintWay] | None:
        job = self.counter.state.job
        return None if job is None else (job.state, job.way)


def _bytes_of(job: PrintJob) -> bytes:
    return encode(document_from_json(job.document), PROFILE, job.reprint)


@pytest.fixture
def hall(
    qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, queue: Any, ticket: Any, tmp_path: Path
) -> Iterator[Hall]:
    authority = queue(ticket("A012"), ticket("A013"))
    with living(qtbot, clock, kit, everywhere(clerk), authority=authority) as counter:
        hall = Hall(counter, tmp_path)
        yield hall
        hall.stop()


def test_two_prints_at_the_other_window_once_with_the_same_number(hall: Hall) -> None:
    counter = hall.counter
    decide(counter, Key.Key_2)
    hall.stands_still()
    assert [each.title for each in hall.panel().options] == [
        "装纸，自动续打",
        "改到 A02 窗口 打印",
        "改用 A4 打印",
        "手写单",
    ]
    assert hall.said().startswith("“请稍候，打印机正在换纸")
    hall.choose(Key.Key_2)
    hall.becomes(JobState.PRINTED, PrintWay.OTHER)
    assert "这是您的回执" in hall.said()
    (paper,) = hall.papers()
    assert hall.number() in paper
    assert hall.last_operation() == (
        "slip.diverted",
        {"slip": "SL-05", "way": "other", "reason": "printer_paper_out"},
    )
    counter.bridge.printer.emit(PrinterReady(near_end=False))
    assert counter.kit.spool.next_queued() is None, "a new roll must not bring a second paper"
    counter.press(Key.Key_F2)
    counter.until(lambda: counter.state.visit is not None and counter.state.visit.number == "A013")


def test_three_prints_the_same_slip_on_a4_and_four_says_it_was_written_by_hand(hall: Hall) -> None:
    counter = hall.counter
    decide(counter, Key.Key_2)
    hall.stands_still(PrinterReason.COVER_OPEN)
    hall.choose(Key.Key_3)
    hall.becomes(JobState.PRINTED, PrintWay.A4)
    (file,) = hall.folder.glob("*.pdf")
    assert file.name.startswith("SL-05-")
    assert hall.last_operation()[1] == {"slip": "SL-05", "way": "a4", "reason": "printer_cover_open"}
    decide(counter, Key.Key_2)
    hall.choose(Key.Key_1)
    assert counter.state.job is not None
    assert counter.state.job.state is JobState.QUEUED, "1 waits by itself"
    hall.choose(Key.Key_4)
    hall.becomes(JobState.HANDWRITTEN, PrintWay.OWN)
    assert hall.last_operation() == ("slip.handwritten", {"slip": "SL-05", "reason": "printer_cover_open"})
    assert hall.papers() == []
    assert len(list(hall.folder.glob("*.pdf"))) == 1
    assert counter.kit.spool.next_queued() is None


def test_what_the_printer_has_in_its_buffer_can_only_be_mended(hall: Hall) -> None:
    counter = hall.counter
    decide(counter, Key.Key_2)
    job = counter.state.job
    assert job is not None
    counter.kit.spool.claim(job.job_id)
    counter.presenter.look()
    hall.becomes(JobState.SENDING, PrintWay.OWN)
    hall.stands_still()
    assert [each.enabled for each in hall.panel().options] == [True, False, False, False]
    for key in (Key.Key_2, Key.Key_3, Key.Key_4):
        hall.choose(key)
    hall.becomes(JobState.SENDING, PrintWay.OWN)
    assert hall.papers() == []


def test_a_paper_the_other_window_cannot_print_comes_back_with_the_reason(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guest_spooler, "PATIENCE_MS", 0)
    counter = hall.counter
    decide(counter, Key.Key_2)
    hall.stands_still()
    hall.neighbour.handle({"do": "fault", "kind": "cover_open"})
    hall.choose(Key.Key_2)
    counter.until(lambda: counter.window._view.message.endswith("那台打印机也打不了：打印机开着盖"))
    hall.becomes(JobState.QUEUED, PrintWay.OWN)
    assert len(hall.panel().options) == 4
    hall.choose(Key.Key_4)
    hall.becomes(JobState.HANDWRITTEN, PrintWay.OWN)
    assert "那台打印机" not in counter.window._view.message


def test_without_a_second_printer_and_without_a4_their_numbers_do_nothing(hall: Hall) -> None:
    counter = hall.counter
    counter.presenter.update(ways=Ways())
    decide(counter, Key.Key_2)
    hall.stands_still()
    assert [each.enabled for each in hall.panel().options] == [True, False, False, True]
    for key in (Key.Key_2, Key.Key_3):
        hall.choose(key)
    assert counter.state.job is not None
    assert (counter.state.job.state, counter.state.job.way) == (JobState.QUEUED, PrintWay.OWN)


def test_every_fault_has_a_sentence_and_an_advice_of_its_own(hall: Hall) -> None:
    decide(hall.counter, Key.Key_2)
    told = set()
    for reason in PrinterReason:
        hall.stands_still(reason)
        panel = hall.panel()
        said = (panel.title, panel.options[0].title, panel.options[0].detail)
        assert said == tuple(text(f"{reason.value}{end}") for end in ("", "_fix", "_how"))
        told.add(said)
    assert len(told) == len(PrinterReason)


def test_the_panel_is_whole_in_every_layout_class(hall: Hall, screens: Screens) -> None:
    counter = hall.counter
    decide(counter, Key.Key_2)
    hall.stands_still()
    screens_of(counter, screens, "ways-out")
    job = counter.state.job
    assert job is not None
    counter.presenter.update(job=replace(job, way=PrintWay.OTHER, state=JobState.SENDING))
    counter.bridge.printer.emit(OtherPrinter(PrinterReason.PAPER_OUT))
    counter.until(lambda: hall.panel().title == "A02 窗口：打印机缺纸")


def test_a_paper_in_doubt_names_the_printer_to_look_at(hall: Hall) -> None:
    counter = hall.counter
    decide(counter, Key.Key_2)
    hall.stands_still()
    hall.neighbour.handle({"do": "fault", "kind": "die", "after_bytes": 200})
    hall.choose(Key.Key_2)
    hall.becomes(JobState.UNKNOWN, PrintWay.OTHER)
    counter.until(lambda: "A02 窗口" in hall.panel().detail)
    hall.choose(Key.Key_2)
    hall.becomes(JobState.QUEUED, PrintWay.OWN)
    assert counter.state.job is not None
    assert counter.state.job.reprint == 1, "a clerk looked, and the paper says so"
    assert len(hall.panel().options) == 4


def found_panel(counter: Living) -> FaultView | None:
    """What the found case says of its paper."""
    view = counter.window._view
    assert view is not None
    assert isinstance(view.page, SearchView)
    assert view.page.detail is not None
    return view.page.detail.fault


def idle_tags(counter: Living) -> list[str]:
    view = counter.window._view
    assert view is not None
    assert isinstance(view.centre, IdleView)
    return [each.text for each in view.centre.tags]


def test_a_reprint_from_the_search_has_the_same_ways_out(
    hall: Hall, screens: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guest_spooler, "PATIENCE_MS", 600_000)
    counter = hall.counter
    decide(counter, Key.Key_2)
    counter.printed()
    number = hall.number()
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)
    counter.press(Key.Key_F7)
    counter.letters("c 1123")
    counter.until(lambda: len(counter.state.over.hits) == 1)
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.state.over.looked is not None)
    hall.stands_still()
    assert found_panel(counter) is None, "nothing waits"
    counter.press(Key.Key_1, modifier=CTRL)
    counter.until(lambda: found_panel(counter) is not None)
    assert [each.cap for each in found_panel(counter).options] == ["Ctrl 1", "Ctrl 2", "Ctrl 3", "Ctrl 4"]
    for density in ("S", "XL"):
        counter.window.resize(*SIZES[density])
        counter.whole()
        screens.keep(counter.window, f"search-ways-{density}.png")
    counter.press(Key.Key_2, modifier=CTRL)
    counter.until(lambda: counter.state.over.last_job.state is JobState.PRINTED)
    (paper,) = hall.papers()
    assert number in paper
    assert "补打 1" in paper
    assert hall.last_operation()[1]["way"] == "other"
    counter.until(lambda: found_panel(counter) is None)
    counter.press(Key.Key_1, modifier=CTRL)
    counter.until(lambda: found_panel(counter) is not None)
    counter.press(Key.Key_4, modifier=CTRL)
    counter.until(lambda: counter.state.over.last_job.state is JobState.HANDWRITTEN)
    assert hall.last_operation()[0] == "slip.handwritten"
    hall.neighbour.handle({"do": "fault", "kind": "paper_out"})
    counter.press(Key.Key_1, modifier=CTRL)
    counter.until(lambda: found_panel(counter) is not None)
    counter.press(Key.Key_2, modifier=CTRL)
    counter.until(lambda: "A02" in found_panel(counter).title)
    counter.press(Key.Key_Escape, Key.Key_Escape)
    counter.until(lambda: "A02 窗口 待打 1" in idle_tags(counter))
    screens.keep(counter.window, "ways-out-waits-elsewhere.png")
    hall.neighbour.handle({"do": "mend"})
    counter.until(lambda: counter.state.elsewhere == 0)
    assert "A02 窗口 待打 1" not in idle_tags(counter)


def test_the_sheet_of_a_handover_has_them_before_the_clerk_leaves(hall: Hall, screens: Screens) -> None:
    counter = hall.counter
    hall.stands_still()
    counter.press(Key.Key_F7)
    counter.letters("jjdl")
    counter.press(Key.Key_Return)
    counter.until(lambda: isinstance(counter.state.over, HandoverState))
    counter.press(Key.Key_Return, Key.Key_F10)
    counter.until(lambda: counter.state.over.ways)
    assert [each.title for each in hall.panel().options] == ["照样交班", "改到 A02 窗口 打印", "改用 A4 打印"]
    for density in ("XS", "XL"):
        counter.window.resize(*SIZES[density])
        counter.whole()
        screens.keep(counter.window, f"handover-ways-{density}.png")
    counter.press(Key.Key_Escape)
    assert not counter.state.over.ways
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.over.ways)
    counter.press(Key.Key_2, modifier=CTRL)
    counter.until(lambda: counter.state.message == "handed_over")
    counter.until(lambda: len(hall.papers()) == 1)
    assert "窗口交接班单" in hall.papers()[0]
    assert hall.last_operation() == ("slip.diverted", {"slip": "SL-14", "way": "other", "reason": "printer_paper_out"})
