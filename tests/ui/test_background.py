"""The engine beside the GUI thread: order, homecoming, incidents, and what a stall looks like."""

import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.commands.system_clock import SystemClock
from ui.background import Background, incident_number
from ui.stall_watch import STALL_MS, StallWatch


@pytest.fixture
def background(application: QApplication, clock: Any) -> Iterator[Background]:
    engine = Background(clock)
    yield engine
    engine.close()


def test_results_come_home_in_order_on_the_gui_thread(background: Background, qtbot: QtBot) -> None:
    home: list[tuple[int, bool]] = []
    main = threading.get_ident()
    for number in range(20):
        background.run(
            lambda number=number: number, lambda value: home.append((value, threading.get_ident() == main)), pytest.fail
        )
    qtbot.waitUntil(lambda: len(home) == 20)
    assert home == [(number, True) for number in range(20)]


def test_work_is_done_off_the_gui_thread_by_one_worker(background: Background, qtbot: QtBot) -> None:
    threads: list[int] = []
    for _ in range(5):
        background.run(threading.get_ident, threads.append, pytest.fail)
    qtbot.waitUntil(lambda: len(threads) == 5)
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


def test_the_unexpected_becomes_an_incident_number_in_the_log_too(
    background: Background, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    failures: list[str] = []

    def broken() -> None:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        background.run(broken, pytest.fail, failures.append)
        qtbot.waitUntil(lambda: len(failures) == 1)
    assert failures[0].startswith("E-")
    assert failures[0] in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_one_failure_does_not_stop_the_next_work(background: Background, qtbot: QtBot) -> None:
    home: list[object] = []
    background.run(lambda: 1 // 0, pytest.fail, home.append)
    background.run(lambda: "ok", home.append, pytest.fail)
    qtbot.waitUntil(lambda: len(home) == 2)
    assert home[1] == "ok"


def test_closing_finishes_what_was_begun(application: QApplication, clock: Any) -> None:
    done: list[int] = []
    engine = Background(clock)
    for number in range(50):
        engine.run(lambda number=number: done.append(number), lambda _: None, pytest.fail)
    engine.close()
    assert done == list(range(50))


def test_an_incident_number_can_be_read_aloud(clock: Any) -> None:
    assert incident_number(clock) == "E-234567"


class AwayClock:
    """A clock that stands still, but on the GUI thread is ahead by as long as that was away."""

    def __init__(self) -> None:
        self.away_ms = 0
        self._gui = threading.get_ident()

    def now_ms(self) -> int:
        return 0

    def monotonic_ms(self) -> int:
        return self.away_ms if threading.get_ident() == self._gui else 0

    def random_bytes(self, count: int) -> bytes:
        return bytes(count)


def test_a_stall_of_the_gui_thread_is_measured(application: QApplication, qtbot: QtBot) -> None:
    clock = AwayClock()
    watch = StallWatch(clock)
    knocks: list[int] = []
    watch._knock.connect(lambda: knocks.append(1))

    def few_more() -> None:
        wanted = len(knocks) + 3
        qtbot.waitUntil(lambda: len(knocks) >= wanted)

    few_more()
    clock.away_ms = STALL_MS
    few_more()
    assert watch.stalls == []
    clock.away_ms = 80
    few_more()
    watch.close()
    clock.away_ms = 5_000
    watch._answer()  # the last knock comes up when the program does something else

    assert len(watch.stalls) >= 2
    assert set(watch.stalls) == {80}
    assert watch.longest_ms == 80


def test_the_log_says_how_long_the_gui_thread_was_away_and_where(
    application: QApplication, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    clock = SystemClock()
    watch = StallWatch(clock)

    def busy() -> None:
        end = clock.monotonic_ms() + 3 * STALL_MS
        while clock.monotonic_ms() < end:
            pass

    QTimer.singleShot(3 * STALL_MS, busy)
    qtbot.waitUntil(lambda: any("test_background.py" in each for each in caplog.messages))
    watch.close()

    assert watch.longest_ms >= STALL_MS


def test_a_watch_that_is_closed_between_two_knocks_ends(application: QApplication, qtbot: QtBot) -> None:
    """Whoever closes it is the GUI thread, which answers nothing more: the program would never end."""
    watch = StallWatch(SystemClock())

    class Closed(threading.Event):
        def clear(self) -> None:
            watch._stop.set()
            self.set()
            super().clear()

    watch._answered = Closed()
    qtbot.waitUntil(lambda: watch._thread.ident is not None)
    watch._thread.join(5)
    assert not watch._thread.is_alive()


def test_twenty_thousand_emits_and_two_hundred_thousand_texts_do_no_harm(application: QApplication) -> None:
    """PySide6 6.12.0 on Python 3.11 loses references to True and None and dies long before this ends."""

    class Bell(QObject):
        rung = Signal(bool)

    bell, count = Bell(), [0]
    bell.rung.connect(lambda on: count.__setitem__(0, count[0] + on))
    for _ in range(20_000):
        bell.rung.emit(count[0] >= 0)
    label = QLabel()
    for number in range(200_000):
        label.setText("甲" if number % 2 else "乙")
    assert count[0] == 20_000
    assert label.text() == "甲"
