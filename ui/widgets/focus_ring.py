"""The two-ring focus mark: 2 px ink and a yellow halo around whatever has the keyboard, on top and never clipped."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ui.theme import Theme

REACH = 4
"""How far the halo stands out beyond the widget."""


class FocusRing(QWidget):
    """An overlay on ``page``; widgets with the property ``ring=False`` get no mark."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._theme, self._page = theme, page
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        for watched in self._watched:
            if isValid(watched):
                watched.removeEventFilter(self)
        self._watched = []
        self._target = now if now is not None and self._page.isAncestorOf(now) else None
        if self._target is not None and self._target.property("ring") is False:
            self._target = None
        widget: QWidget | None = self._target
        while widget is not None and widget is not self._page:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        seen = target.visibleRegion().boundingRect()
        if seen.isEmpty() or seen.height() < target.height() // 2:
            self.hide()
            return
        box = QRect(target.mapTo(self._page, target.rect().topLeft()), target.size())
        self.setGeometry(box.adjusted(-REACH, -REACH, REACH, REACH))
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outer = QRectF(self.rect())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("halo"), 3))
        painter.drawRoundedRect(outer.adjusted(1.5, 1.5, -1.5, -1.5), 9, 9)
        painter.setPen(QPen(self._theme.colour("ink"), 2))
        painter.drawRoundedRect(outer.adjusted(4, 4, -4, -4), 6, 6)
