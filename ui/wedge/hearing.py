"""What both ways to hear a keyboard have in common: the silence after a key, and where keys go once they are told."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer

from app.domain.wedge import Burst, Pace, Typed, Wedge

Event = TypeVar("Event")


class Hearing(Generic[Event]):
    """Holds keys as ``app.domain.wedge`` says; ``scanned`` takes what a scanner typed, ``pass_on`` what a hand did."""

    def __init__(
        self, owner: QObject, pace: Pace, scanned: Callable[[str], None], pass_on: Callable[[Sequence[Event]], None]
    ) -> None:
        self._wedge: Wedge[Event] = Wedge(pace)
        self._scanned = scanned
        self._pass_on = pass_on
        self._timer = QTimer(owner, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        # Keys that came while the program was busy are taken before it is said that none came.
        self._last_look = QTimer(owner, singleShot=True, interval=0)
        self._timer.timeout.connect(self._last_look.start)
        self._last_look.timeout.connect(self.silent)

    @property
    def holds(self) -> bool:
        """Whether a key is held that may begin a burst."""
        return self._wedge.wait_ms is not None

    def key(self, at_ms: int, text: str, event: Event) -> None:
        """One printable character was pressed."""
        self._settle(self._wedge.key(at_ms, text, event))
        self._wait()

    def beside(self, event: Event) -> bool:
        """Keep what belongs to a held key behind it; False where nothing is held."""
        return self._wedge.beside(event)

    def ended_by(self, at_ms: int) -> bool:
        """Whether Enter or Tab pressed now ends a burst and is no key of its own."""
        return self._wedge.ended_by(at_ms)

    def silent(self) -> None:
        """Settle what is held: no key came, or one that is part of no burst."""
        self._settle(self._wedge.silent())
        self._wait()

    def _wait(self) -> None:
        self._last_look.stop()
        wait = self._wedge.wait_ms
        if wait is None:
            self._timer.stop()
        else:
            self._timer.start(wait)

    def _settle(self, settled: Sequence[Typed[Event] | Burst]) -> None:
        for each in settled:
            match each:
                case Burst(text):
                    self._scanned(text)
                case Typed(events):
                    self._pass_on(events)
