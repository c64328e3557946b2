"""The small pieces every panel is made of: labels, tags, key caps, cards."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import TypeVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QLayout, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme import Theme, set_look
from ui.widgets.views import Strong, Tag, Tone, Words

Row = TypeVar("Row", bound=Hashable)

TONE_INK = {
    Tone.PLAIN: "ink2",
    Tone.PRI: "pri",
    Tone.OK: "ok",
    Tone.WARN: "warn",
    Tone.ERR: "err",
    Tone.HOLD: "hold",
    Tone.OFF: "off",
}
"""The token of the text colour that a tone takes on a light surface."""


class Text(QLabel):
    """A label with a type role and a colour; takes plain text or ``Words`` and never reads markup out of either."""

    def __init__(
        self,
        theme: Theme,
        role: str = "body",
        tone: str = "ink",
        *,
        bold: bool = False,
        family: str = "ui",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFont(theme.font(role, bold=bold, family=family))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        if family != "ui":
            # Qt measures a line by its first font; the Chinese fallback stands taller than B612.
            self.setMinimumHeight(round(theme.px(role) * 1.3))
        if wrap:
            self.set_wrap(wrap=True)

    def set_font(self, font: QFont) -> None:
        """Take another font, if it is another."""
        if font != self.font():
            self.setFont(font)

    def set_wrap(self, *, wrap: bool) -> None:
        """Tell whether a long text goes on in a second line."""
        if wrap != self.wordWrap():
            self.setWordWrap(wrap)
            policy = self.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Preferred)
            self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Show plain text, if it changed."""
        if self.text() != text or self.textFormat() != Qt.TextFormat.PlainText:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(text)
            self.setAccessibleName(text)

    def show_words(self, words: Words) -> None:
        """Show runs, the ``Strong`` ones bold."""
        if not any(isinstance(run, Strong) for run in words):
            self.show_text("".join(words))
            return
        markup = "".join(f"<b>{escape(run)}</b>" if isinstance(run, Strong) else escape(run) for run in words)
        if self.text() != markup:
            self.setTextFormat(Qt.TextFormat.RichText)
            self.setText(markup)
            self.setAccessibleName("".join(words))

    def set_tone(self, tone: str) -> None:
        """Change the colour; the style sheet, asked anew, would give back the font the label was made with."""
        font = self.font()
        set_look(self, tone=tone)
        self.set_font(font)


class TagLabel(QWidget):
    """A coloured word in a rounded box, 22 px high."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, on_tint: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._tag, self._on_tint = theme, Tag(""), on_tint
        self.setFont(theme.font("label", bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_tag(self, tag: Tag | None) -> None:
        """Show a tag, or hide."""
        show_if(self, on=tag is not None)
        if tag is not None and tag != self._tag:
            self._tag = tag
            self.setAccessibleName(tag.text)
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._tag.text) + 14, 22)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_tag(painter, self._theme, QRectF(self.rect()), self._tag, on_tint=self._on_tint)


def paint_tag(painter: QPainter, theme: Theme, box: QRectF, tag: Tag, *, on_tint: bool = False) -> None:
    """Draw a tag into ``box``; on a tinted row its ground is white."""
    name = "off" if tag.tone is Tone.PLAIN else tag.tone.value
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("surface" if on_tint else f"{name}T"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(theme.colour(name))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), tag.text)
    painter.restore()


class KeyCap(QWidget):
    """A key as printed on the keyboard: ``F10``, ``Enter``, ``Alt 1``. ``on_primary`` is for filled buttons."""

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._text = theme, text
        self.setFont(theme.font("key", bold=True, family="number"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_key(self, text: str) -> None:
        """Show another key."""
        if text != self._text:
            self._text = text
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(cap_width(self.fontMetrics().horizontalAdvance(self._text)), 24)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_cap(painter, self._theme, QRectF(self.rect()), self._text)


def cap_width(text_width: int, least: int = 26) -> int:
    """Return the width of a cap around a text."""
    return max(least, text_width + 14)


def paint_cap(painter: QPainter, theme: Theme, box: QRectF, text: str, look: str = "normal") -> None:
    """Draw a key cap. ``look``: normal, disabled and grey (flat), primary (on a filled button)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill, edge, ink = {
        "normal": (theme.colour("surface"), theme.colour("cap"), theme.colour("ink2")),
        "disabled": (QColor(0, 0, 0, 0), theme.colour("line"), theme.colour("disabled")),
        "grey": (QColor(0, 0, 0, 0), theme.colour("cap"), theme.colour("ink3")),
        "primary": (QColor(255, 255, 255, 41), QColor(255, 255, 255, 140), theme.colour("surface")),
    }[look]
    painter.setPen(QPen(edge, 1))
    painter.setBrush(fill)
    frame = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(frame, 5, 5)
    drop = 0.0
    if look not in ("disabled", "grey"):
        drop = 2.0
        painter.setPen(QPen(edge, 2))
        foot = frame.bottom() - 0.5
        painter.drawLine(QPointF(frame.left() + 4, foot), QPointF(frame.right() - 4, foot))
    painter.setPen(ink)
    painter.drawText(box.adjusted(0, 1, 0, 1 - drop), int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()


class Card(QWidget):
    """A white sheet with a hairline, rounded corners and the faintest shadow."""

    RADIUS = 10

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._fill, self._edge = "surface", "line"

    def set_colours(self, fill: str, edge: str) -> None:
        """Take other tokens for ground and hairline."""
        if (fill, edge) != (self._fill, self._edge):
            self._fill, self._edge = fill, edge
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inner = self.rect().adjusted(self.RADIUS, self.RADIUS, -self.RADIUS, -self.RADIUS)
        if inner.contains(event.rect()):
            painter.fillRect(event.rect(), self.theme.colour(self._fill))
            return
        painter.fillRect(inner, self.theme.colour(self._fill))
        painter.setClipRegion(QRegion(self.rect()) - QRegion(inner))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 40, 58, 14))
        painter.drawRoundedRect(box.translated(0, 1), self.RADIUS, self.RADIUS)
        painter.setPen(QPen(self.theme.colour(self._edge), 1))
        painter.setBrush(self.theme.colour(self._fill))
        painter.drawRoundedRect(box, self.RADIUS, self.RADIUS)


class Line(QWidget):
    """A hairline, lying or standing."""

    def __init__(self, theme: Theme, colour: str = "hair", *, standing: bool = False) -> None:
        super().__init__()
        self._colour = theme.colour(colour)
        if standing:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._colour)


def scrolling(inside: QWidget) -> QScrollArea:
    """Return a frameless area that scrolls ``inside`` up and down and stays out of the Tab ring."""
    inside.setProperty("kind", "clear")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(inside)
    return area


def show_if(widget: QWidget, *, on: bool) -> None:
    """Show or hide a part. One without a parent yet is left alone: shown now, it would be a window of its own."""
    if widget.parent() is not None or not on:
        widget.setVisible(on)


def put(layout: QBoxLayout, widget: QWidget, stretch: int = 0) -> None:
    """Add a widget to a layout on screen and show it at once; left to itself, the layout would blink."""
    layout.addWidget(widget, stretch)
    widget.show()


@contextmanager
def laid_out_once(*layouts: QLayout | None) -> Iterator[None]:
    """Lay out when all changes are made: Qt would do so, up to the window, for every part that is shown."""
    for layout in layouts:
        if layout is not None:
            layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            if layout is not None:
                layout.setEnabled(True)


def show_rows(
    layout: QBoxLayout, kept: dict[Row, QWidget], wanted: Sequence[Row], make: Callable[[Row], QWidget]
) -> None:
    """Show one widget a row, in this order, from the top of a layout; ``kept`` holds those that are shown.

    A row that was shown before keeps its widget: building one takes longer than looking at it.
    """
    for row in [row for row in kept if row not in wanted]:
        widget = kept.pop(row)
        layout.removeWidget(widget)
        let_go(widget)
    for index, row in enumerate(wanted):
        known = kept.get(row)
        if known is not None and layout.indexOf(known) == index:
            continue
        widget = kept[row] = known or make(row)
        layout.removeWidget(widget)
        layout.insertWidget(index, widget)
        widget.show()


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            clear(inner)
        if (widget := item.widget()) is not None:
            let_go(widget)


def let_go(widget: QWidget) -> None:
    """Let a widget go: hidden and nameless until the event loop deletes it."""
    widget.hide()
    # Cheaper than taking it from its parent, which would polish it once more before its end.
    for part in (widget, *widget.findChildren(QWidget)):
        part.setObjectName("")
    widget.deleteLater()
