"""Keeps the picture of a state for the tour, after asking the screen everything that every screen is asked."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from drawn_hall import CARD, WINDOW, days_before, drawn_clerk, the_moment, waiting
from living_counter import Key, Living, living
from PIL.Image import Image
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from screen_checks import other_windows

from app.domain.clerk import Clerk
from app.domain.paper.blocks import Document
from printing.bitmap import render
from printing.delivery import PrinterReady
from printing.profile import PrinterProfile

FOLDER = Path(os.environ.get("GALLERY", Path(__file__).parents[2] / "build" / "tour" / "gallery"))
"""``make tour`` says where; alone the gallery lies where the tour would look for it."""
XL = (1920, 1080)
QUICK = 90
"""Of Qt's 0 to 100: a larger file sooner."""


def keep(window: QWidget, name: str) -> None:
    """Save a picture under the name of its state; nothing else may be on the screen."""
    assert other_windows(window) == []
    FOLDER.mkdir(parents=True, exist_ok=True)
    assert window.grab().save(str(FOLDER / f"{name}.png"), "PNG", QUICK)


class Drawn:
    """The counter of the drawings; ``keep`` takes the picture, ``at`` moves the frozen clock."""

    def __init__(self, counter: Living) -> None:
        self.counter = counter

    def keep(self, name: str) -> None:
        """Take the picture once every text is whole and nothing lies over anything."""
        preview, frame = self.counter.presenter._preview, self.counter.window._frame
        assert preview is not None
        assert frame is not None
        self.counter.until(lambda: not preview._drawing and not preview._quiet.isActive())
        self.counter.until(lambda: not frame._right_later.isActive())
        QApplication.processEvents()
        self.counter.whole()
        keep(self.counter.window, name)

    def at(self, utc_ms: int) -> None:
        """Let the clock stand at another moment."""
        self.counter.kit.clock.now = utc_ms
        self.counter.presenter._on_tick()

    def after(self, seconds: int) -> None:
        """Let so much time pass."""
        self.at(self.counter.kit.clock.now_ms() + seconds * 1000)

    def called(self) -> None:
        """F2, and the citizen lays the card."""
        self.counter.press(Key.Key_F2)
        self.counter.until(lambda: self.counter.state.visit is not None)
        self.counter.lay(CARD)
        self.counter.until(
            lambda: self.counter.state.card is not None and self.counter.state.card.applicant is not None
        )

    def checking(self) -> None:
        """The food licence with its situations answered: six materials wait for a verdict."""
        self.called()
        self.counter.press(Key.Key_2)
        self.counter.press(Key.Key_Return)
        self.counter.until(lambda: self.counter.window.property("currentSection") == 3)

    def fill(self) -> None:
        """Every material is there, and what the card does not know is typed."""
        self.counter.press(Key.Key_Plus)
        self.counter.until(lambda: self.counter.window.property("currentSection") == 4)
        card = self.counter.state.card
        assert card is not None
        assert card.form is not None
        for field in card.form.to_fill():
            self.counter.write("15400000001" if field.name == "phone" else "示例小吃店")
            self.counter.press(Key.Key_Return)

    def accept(self) -> None:
        """F10."""
        self.counter.press(Key.Key_F10)
        self.counter.until(lambda: self.counter.state.issued is not None)


@contextmanager
def drawn_counter(
    qtbot: QtBot,
    clock: Any,
    kit: Any,
    clerk: Clerk,
    queue: Any,
    *,
    people: int = 7,
    before: bool = True,
    at: int = 0,
    line: tuple[str, str] = (WINDOW, "A"),
) -> Iterator[Drawn]:
    """Open the window of the drawings; ``people`` wait, cases of the days ``before`` are on hand.

    ``at`` is when the window is opened, ``line`` another window and the letter of its tickets.
    """
    who = drawn_clerk(clerk)
    if before:
        days_before(kit, who)
    the_moment(kit, line[0])
    open_ = waiting(kit, people, line[1])
    if at:
        kit.clock.now = at
    with living(qtbot, clock, kit, who, authority=queue(*open_), number=line[0]) as counter:
        counter.window.resize(*XL)
        counter.parts = replace(counter.parts, render=_paper, cover_after_s=0)
        counter.presenter._parts = counter.parts
        counter.bridge.printer.emit(PrinterReady(near_end=False))
        counter.until(lambda: "printer" in counter.state.devices)
        yield Drawn(counter)


def _paper(document: Document, reprint: int) -> Image:
    return render(document, PrinterProfile(), reprint)
