"""What every presenter of a window with one screen does: owns the state, hears the keys, ticks."""

from dataclasses import replace
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, SignalInstance

from ui.widgets.keyed_window import KeyedWindow

StateT = TypeVar("StateT")

TICK_MS = 1000


class ScreenPresenter(QObject, Generic[StateT]):
    """Everything here runs on the GUI thread and none of it waits; ``broken`` tells of errors nobody expects.

    The state is a frozen dataclass with ``message`` and ``place``.
    """

    def __init__(self, window: KeyedWindow, broken: SignalInstance, state: StateT) -> None:
        super().__init__(window)
        self._state = state
        broken.connect(lambda _thread, incident: self.update(message="incident", place=incident))
        window.command.connect(self._command)
        window.typed.connect(self._type)
        window.erased.connect(self._erase)
        window.entered.connect(self._enter)
        window.escaped.connect(self._escape)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    @property
    def state(self) -> StateT:
        """What is known now."""
        return self._state

    def update(self, **changes: object) -> None:
        """Change the state and draw it."""
        self._state = replace(self._state, **changes)  # type: ignore[type-var]  # names are checked by replace
        self._show()

    def _command(self, name: str) -> None:
        raise NotImplementedError

    def _type(self, sign: str) -> None:
        raise NotImplementedError

    def _erase(self) -> None:
        raise NotImplementedError

    def _enter(self) -> None:
        raise NotImplementedError

    def _escape(self) -> None:
        raise NotImplementedError

    def _on_tick(self) -> None:
        raise NotImplementedError

    def _show(self) -> None:
        raise NotImplementedError
