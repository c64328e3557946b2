"""Offscreen Qt, a clock that only a test moves, the counter window and its sample views."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The sample views beside this file are too long for a conftest, and test folders are no packages.
sys.path.append(str(Path(__file__).parent))

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sample_work import Samples
from screens_kept import Screens

from ui.garbage import Collector
from ui.screens.counter.view import CounterWindow


def pytest_addoption(parser: pytest.Parser) -> None:
    """The full form of one test, for its command."""
    parser.addoption("--every-unplug", action="store_true", help="every device out before every step of every flow")


class HandClock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def now_ms(self) -> int:
        return 1_795_240_000_000 + self.ms

    def monotonic_ms(self) -> int:
        return self.ms

    def random_bytes(self, count: int) -> bytes:
        return bytes(range(count))


@pytest.fixture(scope="session")
def application() -> QApplication:
    if QApplication.instance() is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication([])


@pytest.fixture(scope="session")
def garbage(application: QApplication) -> Collector:
    return Collector()


@pytest.fixture(autouse=True)
def _collected_here(garbage: Collector) -> Iterator[None]:
    """As in the program, no worker's thread frees a widget; a test without an event loop collects when it is over."""
    yield
    garbage.look()


@pytest.fixture(scope="session")
def samples(application: QApplication) -> Samples:
    return Samples()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def window(application: QApplication, clock: HandClock) -> Iterator[CounterWindow]:
    window = CounterWindow(clock)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    yield window
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def intents(window: CounterWindow) -> list[object]:
    said: list[object] = []
    window.intent.connect(said.append)
    return said


@pytest.fixture(scope="session")
def screens() -> Screens:
    return Screens()
