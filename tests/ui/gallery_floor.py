"""Gallery: the floor manager's window over the drawn hall, with and without its server."""

from collections.abc import Iterator
from typing import Any

import pytest
from gallery_keeper import XL, keep
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sample_floor import big_hall, hall, state_of

from sync.client.floor import FloorNews
from ui.screens.floor.build import build
from ui.screens.floor.view import FloorWindow


@pytest.fixture
def floor(application: QApplication, clock: Any) -> Iterator[FloorWindow]:
    window = FloorWindow(clock)
    window.resize(*XL)
    window.show()
    yield window
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_hall(floor: FloorWindow) -> None:
    for name, state in (
        ("floor", state_of(hall())),
        ("floor-24-windows", state_of(big_hall())),
        ("floor-quiet", state_of(hall(alarms=[], due=[]))),
        ("floor-offline", state_of(None, news=FloorNews(hall(), offline=True))),
    ):
        floor.show_view(build(state))
        QTest.qWait(50)
        keep(floor, name)
