"""F1: shown while it is held, or from one short press to the next; any other key puts it away and does its work."""

from typing import Final

from PySide6.QtCore import QEvent, QObject
from typing_extensions import override

from app.ports.clock import Clock
from ui.keymap import Keymap
from ui.screens.counter.commands import PANEL, allowed
from ui.screens.counter.frame import CounterFrame
from ui.screens.counter.view_model import CounterView
from ui.texts import text
from ui.theme import Theme
from ui.widgets.help_strip import HelpEntry, HelpStrip

HOLD_MS: Final = 400
"""Held longer than this, F1 hides the strip when it is let go."""
TOGETHER: Final = {"act_jump": "Alt 1–5", "act_person": "Alt 6–9"}
"""Numbered actions that are told in one line."""


class Help(QObject):
    """The strip of one frame; ``press`` and ``release`` follow F1."""

    def __init__(self, frame: CounterFrame, theme: Theme, keymap: Keymap, clock: Clock) -> None:
        super().__init__(frame)
        self._frame, self._theme, self._keymap, self._clock = frame, theme, keymap, clock
        self._strip: HelpStrip | None = None
        self._pressed_ms = 0
        frame.installEventFilter(self)

    @property
    def on(self) -> bool:
        """Whether the strip shows."""
        return self._strip is not None and not self._strip.isHidden()

    def press(self, view: CounterView) -> None:
        """F1 went down."""
        self._pressed_ms = self._clock.monotonic_ms()
        if self.on:
            self.away()
            return
        if self._strip is None:
            self._strip = HelpStrip(self._theme, self._frame)
        self._fill(self._strip, view)
        self._strip.show()
        self._strip.raise_()
        self._place()

    def release(self) -> None:
        """F1 went up."""
        if self.on and self._clock.monotonic_ms() - self._pressed_ms >= HOLD_MS:
            self.away()

    def refresh(self, view: CounterView) -> None:
        """Other keys may be on now."""
        if self._strip is not None and self.on:
            self._fill(self._strip, view)
            self._place()

    def away(self) -> None:
        """Put the strip away."""
        if self._strip is not None:
            self._strip.hide()

    def _fill(self, strip: HelpStrip, view: CounterView) -> None:
        strip.show_keys(entries(view, self._keymap), text("help_say"))

    def _place(self) -> None:
        if self._strip is not None and self.on:
            keys = self._frame.keys.geometry()
            height = min(self._strip.heightForWidth(keys.width()), keys.top())
            self._strip.setGeometry(keys.left(), keys.top() - height, keys.width(), height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False


def entries(view: CounterView, keymap: Keymap) -> tuple[HelpEntry, ...]:
    """Return the keys that are on in a view, in the order of the keymap."""
    on = allowed(view)
    names = {key.action: key.label for key in view.keys if key.label}
    told: dict[str, HelpEntry] = {}
    for action, binding in keymap.bindings.items():
        if action not in on or action in PANEL:
            continue
        family = action.partition("__")[0]
        cap = TOGETHER.get(family, binding.shown)
        name = "第几节" if family == "act_jump" else "录人" if family == "act_person" else names.get(action)
        told.setdefault(family, HelpEntry(cap, name or binding.label, text(f"help_{family}")))
    return tuple(told.values())
