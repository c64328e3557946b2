"""The look: contrasts that were promised, fonts that show every name, icons that exist."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.icons import glyph
from ui.keymap import load_keymap
from ui.screens.counter.commands import KNOWN, PANEL
from ui.theme import Theme, make_font, tokens

ROOT = Path(__file__).resolve().parents[2]


def luminance(colour: QColor) -> float:
    parts = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    colours = tokens()["colour"]
    light, dark = sorted((luminance(QColor(colours[one])), luminance(QColor(colours[other]))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), tokens()["contrast"]["text"])
def test_a_text_is_readable_on_its_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), tokens()["contrast"]["border"])
def test_an_edge_is_visible_on_its_ground(edge: str, ground: str) -> None:
    assert contrast(edge, ground) >= 3.0


@pytest.mark.parametrize(
    ("width", "density"),
    [
        (1920, "XL"),
        (1800, "XL"),
        (1799, "L"),
        (1536, "L"),
        (1366, "M"),
        (1340, "M"),
        (1280, "S"),
        (1200, "S"),
        (1093, "XS"),
    ],
)
def test_the_layout_class_follows_the_logical_width(width: int, density: str) -> None:
    assert Theme.density_for(width) == density


def test_every_token_of_the_style_sheet_is_filled_in(application: QApplication) -> None:
    for density in tokens()["layout"]:
        assert "$" not in Theme(density).style_sheet()


@pytest.mark.parametrize("character", ["䶮", "𠅤", "喆", "㑇", "𬭊"])
@pytest.mark.parametrize("family", ["ui", "number", "mono"])
def test_a_rare_character_of_a_name_is_drawn(application: QApplication, character: str, family: str) -> None:
    """A missing glyph would look like that of a code point no font has."""
    assert drawn(character, family) != drawn("\U000e0fff", family)
    assert len(set(drawn(character, family))) > 1


def drawn(text: str, family: str) -> bytes:
    image = QImage(40, 40, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setFont(make_font(30, family=family))
    painter.drawText(image.rect(), int(Qt.AlignmentFlag.AlignCenter), text)
    painter.end()
    return bytes(image.constBits())


def test_chinese_is_never_wider_than_its_square(application: QApplication) -> None:
    assert QFontMetrics(make_font(20)).horizontalAdvance("窗口") == 40


def test_every_icon_that_the_code_names_exists(application: QApplication) -> None:
    named = {
        name
        for source in (ROOT / "ui").rglob("*.py")
        for name in re.findall(r'"((?:ph|mdi6)\.[a-z-]+)"', source.read_text("utf-8"))
    }
    assert len(named) > 15
    for name in named:
        family, character = glyph(name)
        assert family
        assert character


def test_every_key_is_bound_once() -> None:
    keymap = load_keymap()
    keys = [key for binding in keymap.bindings.values() for key in binding.keys]
    assert len(keys) == len(set(keys))
    assert {name for block in keymap.blocks for name in block} <= set(keymap.bindings)
    assert set(KNOWN) | set(PANEL) <= set(keymap.bindings)
