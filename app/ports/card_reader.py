"""What the counter needs of a card reader: cards as they are laid, and the truth about the device."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.domain.id_card import IdCard
from app.ports.device_fault import Advice, FaultReason


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was laid, or read again on request."""

    card: IdCard


@dataclass(frozen=True, slots=True)
class CardUnreadable:
    """A card lies there but cannot be read, or an explicit read failed."""

    reason: FaultReason
    advice: Advice


@dataclass(frozen=True, slots=True)
class CardLifted:
    """The card last laid is gone."""


@dataclass(frozen=True, slots=True)
class ReaderLost:
    """The reader does not answer; told once, the driver goes on trying."""

    reason: FaultReason
    advice: Advice


@dataclass(frozen=True, slots=True)
class ReaderBack:
    """The reader answers: told once after the start and once after every loss. ``sam_id`` is empty if it gave none."""

    sam_id: str


ReaderEvent = CardRead | CardUnreadable | CardLifted | ReaderLost | ReaderBack
Listener = Callable[[ReaderEvent], None]


class CardReader(Protocol):
    """A reader watched by a thread of its own."""

    def start(self, listener: Listener) -> None:
        """Begin watching; ``listener`` is called in the reader's thread and must not block."""
        ...

    def read_now(self) -> None:
        """Ask for a read even of a card already reported; the answer comes as an event."""
        ...

    def stop(self) -> None:
        """Stop watching and wait until the reader's thread has ended."""
        ...
