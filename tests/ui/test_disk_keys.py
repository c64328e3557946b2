"""A disk that fills up, and a server that takes nothing in, as the clerk meets them (sync.md section 1)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from drawn_hall import WINDOW
from gallery_keeper import Drawn, drawn_counter
from living_counter import Key
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from screens_kept import WANTED, Screens
from test_counter_screens import SIZES

from app.domain.clerk import Clerk
from app.domain.disk_room import Room
from app.domain.link import Link, LinkStatus
from ui.texts import text


class Disk:
    """How full the counter's disk is."""

    used = 0.5

    def __call__(self) -> float:
        return self.used


def said(drawn: Drawn, words: str, screens: Screens, name: str) -> None:
    """The line under the paper says it, whole in every layout class."""
    counter = drawn.counter
    counter.until(lambda: counter.window._view.message == words)
    for density in SIZES if WANTED else ("XS", "XL"):
        counter.window.resize(*SIZES[density])
        counter.until(lambda density=density: counter.window.property("density") == density)
        QApplication.processEvents()
        counter.whole()
        screens.keep(counter.window, f"{name}-{density}.png")


def drawn_numbers(drawn: Drawn) -> int:
    """Return how many case numbers were drawn today."""
    with drawn.counter.kit.store.begin() as work:
        day = work.business_date()
        assert day is not None
        return int(work.day_numbers(day).count)


@pytest.fixture
def drawn(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> Iterator[Drawn]:
    with drawn_counter(qtbot, clock, kit, clerk, queue, people=2, before=False) as drawn:
        yield drawn


def test_each_level_stops_what_it_says_and_no_more(drawn: Drawn, screens: Screens) -> None:
    counter, disk = drawn.counter, Disk()
    counter.presenter._parts = replace(counter.parts, disk_used=disk)
    disk.used = 0.80
    drawn.called()
    said(drawn, text("disk_little"), screens, "disk-80")
    counter.press(Key.Key_2, Key.Key_Return)
    counter.until(lambda: counter.window.property("currentSection") == 3)

    disk.used = 0.90
    drawn.fill()
    counter.presenter.look()
    counter.until(lambda: counter.state.room is Room.NO_SCANS)
    said(drawn, text("disk_no_scans"), screens, "disk-90")

    disk.used = 0.97
    before = drawn_numbers(drawn)
    counter.press(Key.Key_F10)
    counter.until(lambda: counter.state.message == "disk_no_cases")
    said(drawn, text("disk_no_cases"), screens, "disk-97")
    assert (counter.state.issued, drawn_numbers(drawn)) == (None, before)
    assert counter.state.card is not None
    assert counter.state.card.form is not None
    assert list(counter.state.card.form.to_fill()) == [], "the page is as it was"

    disk.used = 0.90
    drawn.accept()
    assert drawn_numbers(drawn) == before + 1, "up to there cases go on"
    disk.used = 0.99
    counter.printed()
    counter.press(Key.Key_F2)
    counter.until(lambda: counter.state.visit is not None and counter.state.issued is None)
    counter.until(lambda: counter.window._view.message == text("disk_no_cases"))
    assert counter.state.window == WINDOW, "calling goes on at any share"


def test_a_server_that_takes_nothing_in_is_told_with_its_minutes(drawn: Drawn, screens: Screens) -> None:
    link = drawn.counter.bridge.link
    for minutes in (1, 12):
        link.emit(LinkStatus(Link.ATTENTION, pending=3, trouble="outbox_stalled", stalled_min=minutes))
        words = text("trouble_outbox_stalled", minutes=minutes)
        assert f"{minutes} 分钟" in words
        drawn.counter.until(lambda words=words: drawn.counter.window._view.message == words)
    said(drawn, words, screens, "outbox-stalled")
    link.emit(LinkStatus(Link.ATTENTION, pending=3, trouble="server_full"))
    said(drawn, text("trouble_server_full"), screens, "server-full")
    link.emit(LinkStatus(Link.SYNCED))
    drawn.counter.until(lambda: drawn.counter.window._view.message == "")
