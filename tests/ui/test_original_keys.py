"""盖章正本 in the living window: Alt+P turns the pane, 1 prints, 2 confirms the seal; real keys, real A4 thread."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ending_hands import accept, at_window, call, explain, right, screens_of
from living_counter import Key, Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens

from app.domain.clerk import Clerk
from app.domain.original import Original, OriginalState
from app.domain.paper.blocks import Document, Title, Wrapped
from app.ports.originals import A4Fault, A4Reason, HandedOver
from app.storage.originals import CounterOriginals
from printing.a4_bitmap import render
from printing.a4_printer import FolderPrinter
from printing.a4_spooler import A4Spooler
from printing.bitmap import render as render_slip
from printing.profile import PrinterProfile
from ui.screens.counter.build import build
from ui.screens.counter.original_pane import OriginalPane, Originals
from ui.screens.counter.state import CounterState
from ui.widgets.slip_views import FaultView, SideView, SlipView

ALT = Qt.KeyboardModifier.AltModifier


def panel(counter: Living) -> FaultView:
    """What stands above the paper."""
    fault = right(counter).fault
    assert fault is not None
    return fault


class Choosy(FolderPrinter):
    """A folder that refuses while it is told to."""

    refuses = False

    def hand_over(self, pdf: bytes, name: str, copies: int) -> HandedOver:
        if self.refuses:
            raise A4Fault(A4Reason.REFUSED)
        return super().hand_over(pdf, name, copies)


class Desk:
    """The window, the folder its A4 printer fills, and the printer."""

    def __init__(self, counter: Living, folder: Path) -> None:
        self.counter, self.folder, self.printer = counter, folder, Choosy(folder)
        kit = counter.kit
        self.spooler = A4Spooler(CounterOriginals(kit.database), self.printer, kit.clock, counter.bridge.changed.emit)
        self.spooler.start()
        counter.presenter._parts = replace(
            counter.parts,
            render=lambda document, reprint: render_slip(document, PrinterProfile(), reprint),
            render_a4=render,
            wake_a4=self.spooler.wake,
            a4="folder:../a4",
        )

    def turn(self) -> None:
        self.counter.press(Key.Key_P, modifier=ALT)

    def stands(self, state: OriginalState) -> None:
        """The original of the citizen at the window stands so."""
        self.counter.until(lambda: self.here() is state)

    def here(self) -> OriginalState | None:
        here = self.counter.state.originals.here
        return here.state if here is not None else None

    def drawn(self) -> None:
        self.counter.until(lambda: right(self.counter).sheet and right(self.counter).paper is not None)

    def files(self) -> list[str]:
        return sorted((each.name for each in self.folder.glob("*.pdf")), key=len)


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    """The first page of a run reads the fonts; no test waits for that."""
    render(Document("", (Title("受理通知书"), Wrapped("某某 0123456789"))))


@pytest.fixture
def desk(
    qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, queue: Any, ticket: Any, tmp_path: Path
) -> Iterator[Desk]:
    """Window A01."""
    authority = queue(ticket("A012"), ticket("A013"), ticket("A014"))
    with living(qtbot, clock, kit, everywhere(clerk), authority=authority) as counter:
        yield from opened(counter, tmp_path)


@pytest.fixture
def carrier(
    qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, queue: Any, ticket: Any, tmp_path: Path
) -> Iterator[Desk]:
    """Window A07, which licenses road carriers."""
    at_window(kit, "A07")
    with living(qtbot, clock, kit, everywhere(clerk), authority=queue(ticket("F012")), number="A07") as counter:
        yield from opened(counter, tmp_path)


def opened(counter: Living, folder: Path) -> Iterator[Desk]:
    """The desk until the test is over; its A4 thread ends before the window."""
    desk = Desk(counter, folder / "a4")
    try:
        yield desk
    finally:
        desk.spooler.stop()


def test_an_original_is_printed_and_sealed_with_three_keys_and_the_next_citizen_turns_back(
    desk: Desk, screens: Screens
) -> None:
    counter = desk.counter
    accept(counter)
    assert "正本待打印" in right(counter).foot.text
    counter.keys = 0
    desk.turn()
    desk.drawn()
    assert (right(counter).kind, right(counter).tag.text) == ("受理通知书正本", "待打印")
    screens_of(counter, screens, "original")
    counter.window.resize(1920, 1080)
    counter.keys = 1
    counter.press(Key.Key_1)
    desk.stands(OriginalState.PRINTED)
    assert len(desk.files()) == 1
    counter.press(Key.Key_2)
    desk.stands(OriginalState.SEALED)
    assert counter.keys == 3
    assert counter.state.originals.owed == ()
    assert right(counter).tag.text == "已盖章"
    assert right(counter).primary.action == "act_callNext"
    desk.turn()
    assert not right(counter).sheet
    said = [each.kind for each in counter.kit.operations()][-2:]
    assert said == ["document.printed", "document.sealed"]
    desk.turn()
    counter.press(Key.Key_Escape)
    assert not right(counter).sheet
    desk.turn()
    counter.press(Key.Key_F2)
    counter.until(lambda: counter.state.visit is not None and counter.state.visit.number == "A013")
    assert counter.state.original_pane is None


def test_the_seal_waits_for_paper_whatever_the_printer_says_and_a_second_printing_is_marked(desk: Desk) -> None:
    counter = desk.counter
    accept(counter)
    desk.printer.refuses = True
    desk.turn()
    counter.press(Key.Key_2, Key.Key_1)
    counter.until(lambda: panel(counter).options[0].detail.startswith("A4 打印机没有收下"))
    assert (desk.here(), desk.files()) == (OriginalState.OWED, [])
    desk.printer.refuses = False
    counter.press(Key.Key_1)
    desk.stands(OriginalState.PRINTED)
    counter.until(lambda: "补打 1" in panel(counter).options[0].title)
    counter.press(Key.Key_1)
    counter.until(lambda: len(desk.files()) == 2)
    assert desk.files()[1].endswith("-补打1.pdf")
    desk.stands(OriginalState.PRINTED)


def test_what_is_not_sealed_stays_on_the_list_and_is_worked_off_while_nobody_is_here(
    desk: Desk, screens: Screens
) -> None:
    counter = desk.counter
    accept(counter)
    counter.press(Key.Key_F12)
    accept(counter)
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None and len(counter.state.originals.owed) == 2)
    view = counter.window._view
    assert view is not None
    assert "待出正本 2 · Alt P" in [each.text for each in view.centre.tags]
    assert isinstance(view.right, SideView)
    assert view.right.notices[-1].title == "待出正本"
    side = counter.window.findChild(QWidget, "slip_side")
    counter.until(lambda: side is not None and side.isVisible())
    counter.whole()
    screens.keep(counter.window, "originals-list-XL.png")
    counter.keys = 0
    first, second = counter.state.originals.owed
    desk.turn()
    desk.drawn()
    assert counter.state.original_pane.original_id == first.original_id
    counter.press(Key.Key_3)
    assert counter.state.original_pane.original_id == second.original_id
    counter.press(Key.Key_3, Key.Key_1)
    counter.until(lambda: counter.state.originals.named(first.original_id).state is OriginalState.PRINTED)
    counter.press(Key.Key_2)
    counter.until(lambda: counter.state.original_pane.original_id == second.original_id)
    counter.press(Key.Key_1)
    counter.until(lambda: counter.state.originals.named(second.original_id).state is OriginalState.PRINTED)
    counter.press(Key.Key_2)
    counter.until(lambda: counter.state.originals.owed == ())
    assert counter.keys == 7
    assert isinstance(counter.window._view.right, SideView)
    desk.turn()
    assert counter.state.message == "no_originals"


def test_a_refusal_has_its_original_too(carrier: Desk, screens: Screens) -> None:
    counter = carrier.counter
    call(counter)
    counter.press(Key.Key_Return, Key.Key_F11, Key.Key_2, Key.Key_Tab)
    counter.write("示范市交通运输局，示例路20号，000-7654321")
    counter.press(Key.Key_Tab, Key.Key_Y, Key.Key_Tab)
    explain("您运的是危险货物，由市交通运输局许可，本窗口没有这项权限")
    counter.until(lambda: right(counter).primary is not None and right(counter).primary.enabled)
    counter.press(Key.Key_F11)
    counter.printed()
    carrier.turn()
    carrier.drawn()
    assert right(counter).kind == "不予受理通知书正本"
    screens.keep(counter.window, "original-refusal-XL.png")


def test_at_the_smallest_size_the_drawer_turns_and_closes_with_the_same_key(desk: Desk) -> None:
    counter = desk.counter
    counter.window.resize(1093, 614)
    accept(counter)
    slip = counter.window.findChild(QWidget, "slip")
    assert slip is not None
    counter.until(slip.isVisible)
    desk.turn()
    counter.until(lambda: right(counter).sheet)
    assert slip.isVisible()
    desk.turn()
    assert not right(counter).sheet
    counter.until(lambda: not slip.isVisible())


@pytest.mark.parametrize(
    ("stands", "says"),
    [
        (
            {"state": OriginalState.KEPT, "prints": 1, "place": "/var/lib/a/originals/1.pdf"},
            "PDF 已存到 originals/1.pdf",
        ),
        ({"state": OriginalState.UNKNOWN, "prints": 1, "fault": "a4_unanswered"}, "不能确定打没打"),
        ({"state": OriginalState.QUEUED}, "食品经营许可"),
    ],
)
def test_the_panel_tells_where_a_pdf_lies_and_what_became_of_a_try(stands: dict[str, Any], says: str) -> None:
    original = Original("o1", "c1", "SL-05", "受理通知书", "示食许受〔2026〕0003-0001号", "食品经营许可", 1, **stands)
    pane = OriginalPane("o1", "", "")
    state = CounterState("A01", 2, originals=Originals((original,)), original_pane=pane)
    shown = build(state).right
    assert isinstance(shown, SlipView)
    assert shown.status.text == "A4 · 未接"
    assert shown.fault is not None
    first, second = shown.fault.options
    assert says in first.detail
    under_way = stands["state"] is OriginalState.QUEUED
    assert (first.waiting, second.enabled) == (under_way, not under_way)
