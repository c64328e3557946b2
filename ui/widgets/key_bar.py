"""Everything that can be done now, as a row of keys that lie like the keyboard's; a click is the key."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.actions import Actions
from ui.keymap import Binding, Keymap
from ui.theme import Theme
from ui.widgets.parts import cap_width, paint_cap

LOOK = {
    "normal": ("surface2", "line", "ink"),
    "suggested": ("priT", "priL", "pri"),
    "primary": ("pri", "pri", "surface"),
    "warn": ("warnT", "warnL", "warn"),
}


LAST_WIDTH = 113
"""Pixels of Pause as drawn at 1920; narrower windows give it what its words need."""


class KeyButton(QAbstractButton):
    """One key of the bar, bound to its action; out of the Tab ring because the key itself is always there."""

    def __init__(self, theme: Theme, binding: Binding, action: QAction) -> None:
        super().__init__()
        self._theme, self._binding, self._action = theme, binding, action
        self._state, self._label = "disabled", binding.label
        self.setObjectName(f"key_{binding.keys[0]}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(theme.metrics["cap"])
        self.setFont(theme.font("body" if not theme.metrics.small else "hint"))
        self.clicked.connect(action.trigger)
        action.changed.connect(self._sync)
        self._sync()

    def show_state(self, state: str, label: str) -> None:
        """Show a state (normal, suggested, primary, warn, disabled) and a name for the key."""
        if (state, label) != (self._state, self._label):
            self._state, self._label = state, label
            self.updateGeometry()
            self._sync()

    def _sync(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setProperty("state", self._state if self.isEnabled() else "disabled")
        self.setAccessibleName(f"{self._label} {self._binding.shown}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        small = self._theme.metrics.small
        label = QFontMetrics(self._theme.font("hint" if small else "body", bold=True)).horizontalAdvance(self._label)
        return QSize(
            (9 if small else 15) + self._cap_width() + label + (4 if small else 10), self._theme.metrics["cap"]
        )

    def _cap_width(self) -> int:
        metrics = QFontMetrics(self._theme.font("key", bold=True, family="number"))
        least = 26 if self._theme.metrics.small else 32
        return max(least, cap_width(metrics.horizontalAdvance(self._binding.shown)) - 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A pressed key keeps its face while its answer is awaited: a bar that flickers draws the eye.
        face = self._state if self._state != "disabled" else None
        fill, edge, ink = LOOK[face] if face else (None, None, "disabled")
        if fill and edge:
            painter.setPen(QPen(self._theme.colour(edge), 1))
            painter.setBrush(QColor(self._theme.colour("priP")) if self._is_held(face) else self._theme.colour(fill))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        self._paint_cap_and_label(painter, face, ink)

    def _is_held(self, face: str | None) -> bool:
        return face == "primary" and self.isDown()

    def _paint_cap_and_label(self, painter: QPainter, face: str | None, ink: str) -> None:
        small = self._theme.metrics.small
        painter.setFont(self._theme.font("key", bold=True, family="number"))
        width = self._cap_width()
        height = 26 if small else 30
        cap = QRectF(4 if small else 6, (self.height() - height) / 2, width, height)
        look = {None: "disabled", "primary": "primary"}.get(face, "normal")
        paint_cap(painter, self._theme, cap, self._binding.shown, look)
        bold = face in ("primary", "suggested", "warn")
        painter.setFont(self._theme.font("hint" if small else "body", bold=bold))
        painter.setPen(self._theme.colour(ink))
        left = cap.right() + (5 if small else 9)
        text = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), self._label)


class KeyBar(QWidget):
    """Three blocks of four keys and Pause."""

    def __init__(self, theme: Theme, keymap: Keymap, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_bar")
        self._theme, self._keymap = theme, keymap
        self.setFixedHeight(theme.metrics["keys"])
        small = theme.metrics.small
        row = QHBoxLayout(self)
        edge = 10 if small else 16
        row.setContentsMargins(edge, 1, edge, 0)
        row.setSpacing(12 if small else 22)
        self._buttons: dict[str, KeyButton] = {}
        for block in keymap.blocks:
            grid = QGridLayout()
            grid.setHorizontalSpacing(4 if small else 6)
            for column, name in enumerate(block):
                grid.addWidget(self._button(name, actions), 0, column)
                grid.setColumnStretch(column, 1)
                grid.setColumnMinimumWidth(column, 1)
            row.addLayout(grid, 1)
        last = self._button(keymap.last, actions)
        last.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if theme.metrics.density == "XL":
            last.setFixedWidth(LAST_WIDTH)
        row.addWidget(last)

    def _button(self, name: str, actions: Actions) -> KeyButton:
        button = KeyButton(self._theme, self._keymap.bindings[name], actions.actions[name])
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._buttons[name] = button
        return button

    def show_keys(self, states: dict[str, tuple[str, str]]) -> None:
        """Show (state, label) of each action; those not named are disabled."""
        for name, button in self._buttons.items():
            state, label = states.get(name, ("disabled", ""))
            button.show_state(state, label or self._keymap.bindings[name].label)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))
