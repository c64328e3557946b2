"""Gallery: the faces of the sync chip, the printer's faults, what goes wrong without anybody's doing, nothing to do."""

from typing import Any

from drawn_hall import at
from gallery_keeper import drawn_counter
from living_counter import Key
from pytestqt.qtbot import QtBot

from app.domain.clerk import Clerk
from app.domain.link import Link, LinkStatus
from printing.delivery import PrinterFault, PrinterReady
from printing.status import PrinterReason
from ui.screens.counter.state import Ways


def test_the_sync_chip(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue) as drawn:
        counter = drawn.counter
        link = counter.bridge.link
        for name, status, words in (
            ("sync-synced", LinkStatus(Link.SYNCED), "已同步"),
            ("sync-syncing", LinkStatus(Link.SYNCING, pending=3), "同步 3"),
            (
                "sync-offline",
                LinkStatus(Link.OFFLINE, pending=7, since_ms=at("11-18 14:22")),
                "离线办理中 · 7 件待同步",
            ),
            ("sync-recovering", LinkStatus(Link.SYNCING, pending=7), "同步 7"),
            ("sync-attention", LinkStatus(Link.ATTENTION, conflicts=1), "有 1 件要您看"),
        ):
            link.emit(status)
            counter.until(lambda status=status: counter.state.link == status)
            assert counter.window._view.top.sync.text == words
            drawn.keep(name)


def test_offline_and_without_paper(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue) as drawn:
        counter = drawn.counter
        drawn.at(at("11-18 15:03"))
        drawn.checking()
        counter.bridge.link.emit(LinkStatus(Link.OFFLINE, pending=7, since_ms=at("11-18 14:52")))
        counter.until(lambda: counter.state.offline)
        drawn.fill()
        drawn.at(at("11-18 15:10"))
        drawn.accept()
        counter.presenter.update(ways=Ways("A04 窗口", a4=True))
        counter.bridge.printer.emit(PrinterFault(PrinterReason.PAPER_OUT))
        counter.until(lambda: "printer" in counter.window.property("deviceFaults"))
        drawn.keep("offline-paper-out")
        for name, reason in (
            ("printer-offline", PrinterReason.UNREACHABLE),
            ("printer-cover", PrinterReason.COVER_OPEN),
        ):
            counter.bridge.printer.emit(PrinterFault(reason))
            counter.until(lambda reason=reason: counter.state.devices["printer"].reason == reason.value)
            drawn.keep(name)
        counter.bridge.printer.emit(PrinterReady(near_end=True))
        counter.until(lambda: counter.window.property("deviceFaults") == [])
        counter.printed()
        drawn.keep("printer-paper-low")
        counter.press(Key.Key_F2)
        counter.until(lambda: counter.state.visit is None)
        drawn.keep("offline-ticket")


def test_what_nobody_expects(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> None:
    with drawn_counter(qtbot, clock, kit, clerk, queue, people=0, before=False) as drawn:
        counter = drawn.counter
        drawn.keep("empty-queue")
        counter.press(Key.Key_F2)
        drawn.keep("nobody-waits")
        counter.bridge.broken.emit("MainThread", "E-1234")
        counter.until(lambda: counter.state.message == "incident")
        assert "E-1234" in counter.window._view.message
        drawn.keep("incident")
        counter.press(Key.Key_F7)
        counter.letters("zz 0000")
        counter.until(lambda: "没找到" in counter.window._view.page.empty)
        drawn.keep("search-empty")
