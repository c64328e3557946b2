"""The bar under a waiting time: 2.2 px a minute, none in the first (design.md, WaitBar)."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.theme import Theme
from ui.widgets.wait_bar import paint_wait

RIGHT, MIDDLE = 90, 20
BAR = range(MIDDLE + 10, MIDDLE + 14)


@pytest.mark.parametrize(("minutes", "length"), [(0, 0), (10, 22), (20, 44), (90, 44)])
def test_the_bar_grows_with_the_wait(application: QApplication, minutes: int, length: int) -> None:
    picture = QImage(100, 40, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    paint_wait(painter, Theme("XL"), QPointF(RIGHT, MIDDLE), minutes)
    painter.end()
    assert sum(bool(picture.pixelColor(x, BAR[1]).alpha()) for x in range(100)) == length
