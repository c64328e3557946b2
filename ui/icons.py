"""Icons: glyphs of the two fonts that QtAwesome bundles, read straight from its files (its own import takes 0.4 s)."""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

FONTS = {
    "ph": ("phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"),
    "mdi6": ("materialdesignicons6-webfont-6.9.96.ttf", "materialdesignicons6-webfont-charmap-6.9.96.json"),
}


@lru_cache(maxsize=1)
def _folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise RuntimeError("QtAwesome is not installed")
    return Path(spec.origin).parent / "fonts"


@lru_cache(maxsize=2)
def _family(prefix: str) -> str:
    number = QFontDatabase.addApplicationFont(str(_folder() / FONTS[prefix][0]))
    return QFontDatabase.applicationFontFamilies(number)[0]


@lru_cache(maxsize=2)
def _charmap(prefix: str) -> dict[str, str]:
    charmap: dict[str, str] = json.loads((_folder() / FONTS[prefix][1]).read_text("utf-8"))
    return charmap


@lru_cache(maxsize=256)
def glyph(name: str) -> tuple[str, str]:
    """Return (font family, character) of an icon such as ``ph.printer``; an unknown name is a KeyError."""
    prefix, icon = name.split(".", 1)
    charmap = _charmap(prefix)
    # Phosphor's bold weight has the stroke that the screens were drawn with.
    code = charmap.get(f"{icon}-bold", charmap.get(icon)) if prefix == "ph" else charmap[icon]
    if code is None:
        raise KeyError(name)
    return _family(prefix), chr(int(code, 16))


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Draw an icon to fill ``box``."""
    family, character = glyph(name)
    font = QFont(family)
    font.setPixelSize(round(min(box.width(), box.height())))
    painter.save()
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), character)
    painter.restore()


class Icon(QWidget):
    """An icon as a widget of its own; decoration, so a screen reader passes over it."""

    def __init__(self, name: str, size: int, colour: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._colour = name, colour
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, colour: QColor) -> None:
        """Change the picture."""
        if (name, colour) != (self._name, self._colour):
            self._name, self._colour = name, colour
            self.update()

    @override
    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        paint_icon(painter, self._name, QRectF(self.rect()), self._colour)
