"""The look in one place: tokens.toml becomes colours, fonts, sizes by window width, and one style sheet."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from string import Template
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

UI_FAMILIES = (
    "Microsoft YaHei UI",
    "HarmonyOS Sans SC",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "LXGW WenKai",
    "HanaMinA",
    "HanaMinB",
)
"""Names on cards go beyond the BMP: the last three catch what the system's own font lacks (devices.md §3.5)."""

NUMBER_FAMILIES = ("B612", *UI_FAMILIES)
MONO_FAMILIES = ("B612 Mono", *UI_FAMILIES)
SMALL_CLASSES = frozenset({"M", "S", "XS"})


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in logical pixels of one layout class, named as in tokens.toml."""

    density: str
    sizes: Mapping[str, int]

    def __getitem__(self, name: str) -> int:
        """Return one size."""
        return self.sizes[name]

    @property
    def small(self) -> bool:
        """M, S and XS use the smaller type."""
        return self.density in SMALL_CLASSES

    @property
    def drawer(self) -> bool:
        """In XS the paper is a drawer over the card."""
        return self.density == "XS"


@lru_cache(maxsize=1)
def tokens() -> Mapping[str, Any]:
    """Return tokens.toml as read."""
    return tomllib.loads((resources.files("resources") / "theme" / "tokens.toml").read_text("utf-8"))


@lru_cache(maxsize=8)
def _installed(families: tuple[str, ...]) -> list[str]:
    """Keep the families that are there: asking Qt for an absent one costs a slow alias search."""
    present = set(QFontDatabase.families())
    return [name for name in families if name in present] or ["sans-serif"]


class Theme:
    """Colours, fonts and sizes for one layout class."""

    def __init__(self, density: str = "XL") -> None:
        self.metrics = Metrics(density, tokens()["layout"][density])
        self._colours = {name: QColor(value) for name, value in tokens()["colour"].items()}
        self._fonts: dict[tuple[str, bool, str], QFont] = {}

    @staticmethod
    def density_for(width: int) -> str:
        """Return the layout class for a logical window width."""
        layouts: Mapping[str, Mapping[str, int]] = tokens()["layout"]
        return next(name for name, sizes in layouts.items() if width >= sizes["from"])

    def colour(self, name: str) -> QColor:
        """Return a colour by its token name."""
        return self._colours[name]

    def px(self, role: str) -> int:
        """Return the type size of a role in pixels."""
        large, small = tokens()["type"][role]
        return int(small if self.metrics.small else large)

    def font(self, role: str, *, bold: bool = False, family: str = "ui") -> QFont:
        """Return the font of a role; ``family`` is ui, number (B612) or mono (B612 Mono)."""
        key = (role, bold, family)
        if key not in self._fonts:
            self._fonts[key] = make_font(self.px(role), bold=bold, family=family)
        return self._fonts[key]

    def style_sheet(self) -> str:
        """Return the one style sheet of the program, filled in for this layout class."""
        text = (resources.files("resources") / "theme" / "app.qss").read_text("utf-8")
        sizes = {f"px_{role}": str(self.px(role)) for role in tokens()["type"]}
        return Template(text).substitute(tokens()["colour"], **sizes, input=self.metrics["input"])

    def apply(self, app: QApplication) -> None:
        """Give the application this look; what it wears already is not put on again, for that polishes every widget."""
        app.setFont(self.font("body"))
        if app.styleSheet() != (sheet := self.style_sheet()):
            app.setStyleSheet(sheet)


def make_font(pixels: int, *, bold: bool = False, family: str = "ui") -> QFont:
    """Return a font with the whole fallback chain behind it."""
    chain = {"ui": UI_FAMILIES, "number": NUMBER_FAMILIES, "mono": MONO_FAMILIES}[family]
    font = QFont()
    font.setFamilies(_installed(chain))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


def set_look(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties; re-polish only if one changed and the style has seen the widget already."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()
