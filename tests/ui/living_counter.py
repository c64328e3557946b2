"""The counter window alive: real keys, real presenter, real store; only the queue and the printer's paper are near."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from screen_checks import other_windows
from test_counter_screens import cut_texts, low_controls, overlaps

from app.domain.clerk import Clerk
from app.domain.link import Link, LinkStatus
from app.domain.person import Person
from app.ports.card_reader import CardRead
from app.ports.spool import JobState
from app.storage.slip_files import load_templates
from app.usecases.open_day import open_day
from ui.background import Background
from ui.screens.counter.bridge import Bridge
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.presenter import CounterPresenter
from ui.screens.counter.preview import Preview
from ui.screens.counter.state import CounterState
from ui.screens.counter.view import CounterWindow

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
WAIT_MS = 20_000
LATCH_MS = 500


class Living:
    """One window with its clerk; ``keys`` counts presses as flows.md does: free text counts nothing."""

    def __init__(
        self, qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, authority: Any, number: str = "A01"
    ) -> None:
        self.qtbot, self.clock, self.kit, self.keys = qtbot, clock, kit, 0
        open_day(kit.store, kit.clock, clerk)
        self.window = CounterWindow(clock)
        self.bridge = Bridge()
        self._workers = Background(clock), Background(clock)
        self.presenter = CounterPresenter(
            self.window, self._workers[0], self.bridge, CounterState(window=number, now_ms=kit.clock.now_ms())
        )
        self.parts = CounterParts(
            window=number,
            clerk=clerk,
            store=kit.store,
            clock=kit.clock,
            authority=authority,
            templates=load_templates(),
            render=lambda _document, _reprint: Image.new("1", (576, 100), 1),
            wake_printer=lambda: None,
            wake_sync=lambda: None,
            drain_sync=lambda _seconds: True,
            read_card=lambda: None,
            cover_after_s=0,  # a test's clock leaps over days, and nobody was away for that
        )
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.bridge.link.emit(LinkStatus(Link.SYNCED))
        self.presenter.begin(self.parts, Preview(self._workers[1], self.presenter))
        self.until(lambda: self.state.clerk is not None and not self.state.offline)
        self.until(lambda: self.window.isActiveWindow() and QApplication.focusWidget() is not None)

    @property
    def state(self) -> CounterState:
        return self.presenter.state

    def until(self, holds: Callable[[], bool]) -> None:
        try:
            self.qtbot.waitUntil(holds, timeout=WAIT_MS)
        except self.qtbot.TimeoutError as error:
            state = self.state
            raise AssertionError(f"{state.message} {state.incident} {state.visit} busy={state.busy}") from error

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after the other, each when the one before was answered."""
        for key in keys:
            self.clock.ms += LATCH_MS
            QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
            self.keys += 1
            self.until(lambda: not self.state.busy)
            assert other_windows(self.window) == []

    def letters(self, text: str) -> None:
        """Type letters that count, such as pinyin."""
        for letter in text:
            QTest.keyClick(QApplication.focusWidget() or self.window, letter)
            self.keys += 1

    def write(self, text: str) -> None:
        """Free text into the field with the keyboard: not counted."""
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit), editor
        editor.insert(text)
        editor.textEdited.emit(editor.text())

    def lay(self, card: Any) -> None:
        """A citizen lays a card; it counts no key."""
        self.bridge.reader.emit(CardRead(card))
        self.until(lambda: not self.state.busy)

    def printed(self) -> None:
        """The paper of this visit came out."""
        job = self.state.job
        assert job is not None
        with self.kit.store.begin() as work:
            work.settle_print(job.job_id, JobState.PRINTED)
        self.presenter.look()
        self.until(lambda: self.state.job is not None and self.state.job.state is JobState.PRINTED)

    def whole(self) -> None:
        """Nothing is cut, lies over another or is too low to hit, once every place is settled."""
        self.until(lambda: [*cut_texts(self.window), *overlaps(self.window), *low_controls(self.window)] == [])

    @property
    def focus(self) -> str:
        return str(self.window.property("focusPath")).rpartition("/")[2]

    def close(self) -> None:
        for worker in self._workers:
            worker.close()
            worker.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def living(
    qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, authority: Any, number: str = "A01"
) -> Iterator[Living]:
    """Open a counter and close it whatever happens."""
    counter = Living(qtbot, clock, kit, clerk, authority=authority, number=number)
    try:
        yield counter
    finally:
        counter.close()


def everywhere(clerk: Clerk) -> Clerk:
    """The same clerk, qualified for everything."""
    return replace(clerk, items=("*",))


def person_of(counter: Living) -> Person | None:
    """Who sits in the applicant's place."""
    return counter.state.card.applicant if counter.state.card else None
