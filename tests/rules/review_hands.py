"""The reviewer's window alive on a place of the hall, and the keys that work it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from office import Place
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.link import Link, LinkStatus
from app.storage.result_scans import FolderScans
from app.storage.slip_files import load_templates
from ui.screens.counter.bridge import Bridge
from ui.screens.review.parts import ReviewParts
from ui.screens.review.presenter import ReviewPresenter
from ui.screens.review.view import ReviewWindow

WAIT_MS = 20_000
ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
F2, F3, F4, F7 = Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F7
F9, F10, F11 = Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_F11


class ReviewDesk:
    """The reviewer's window alive on a place."""

    def __init__(
        self, place: Place, qtbot: Any, render: Callable[..., Any] | None = None, scans: Path | None = None
    ) -> None:
        self.place, self.qtbot = place, qtbot
        self.window, self.bridge = ReviewWindow(place.clock), Bridge()
        self.presenter = ReviewPresenter(self.window, self.bridge, place.clock)
        self.presenter.begin(
            ReviewParts(
                clerk=place.clerk,
                window=place.window,
                store=place.store,
                clock=place.clock,
                templates=load_templates(),
                render_a4=render or (lambda _document, _reprint: Image.new("1", (595, 842), 1)),
                wake_a4=lambda: None,
                wake_sync=lambda: None,
                wake_records=lambda: None,
                vouch=place.office.vouch,
                scans=FolderScans(scans),
                a4="lp:test",
            )
        )
        self.bridge.link.emit(LinkStatus(Link.SYNCED))
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.until(lambda: self.presenter.state.facts is not None and not self.presenter.state.busy)

    def press(self, *keys: Any) -> "ReviewDesk":
        """Press keys, each when the one before was answered; a text is typed sign by sign."""
        for key in keys:
            for sign in key if isinstance(key, str) else (key,):
                self.place.clock.now += 500  # nobody presses the same key twice within the latch
                QTest.keyClick(QApplication.focusWidget() or self.window, sign)
                self.until(lambda: not self.presenter.state.busy)
        return self

    def write(self, words: str) -> "ReviewDesk":
        """Write into the line that has the keyboard."""
        self.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.insert(words)
        return self

    def hear(self) -> "ReviewDesk":
        """The feed told of something."""
        self.place.sync()
        before = self.presenter.state.facts
        self.bridge.changed.emit()
        self.until(lambda: self.presenter.state.facts is not before)
        return self

    def decide_on_paper(self) -> "ReviewDesk":
        """1 print, 2 seal, 3 hand over."""
        self.press("1")
        self.place.print_originals()
        return self.hear().press("2", "3")

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=WAIT_MS)

    @property
    def message(self) -> str:
        return str(self.window.property("message"))

    def close(self) -> None:
        self.presenter.close()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def review_desk(
    place: Place, qtbot: Any, render: Callable[..., Any] | None = None, scans: Path | None = None
) -> Iterator[ReviewDesk]:
    """Open the window until the end of the block; ``scans`` is the document camera's folder."""
    desk = ReviewDesk(place, qtbot, render, scans)
    try:
        yield desk
    finally:
        desk.close()
