"""What a clerk is shown of the electronic supervision: the cards over their own cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.supervision import CardLevel, CardRule


@dataclass(frozen=True, slots=True)
class OwnCard:
    """A card that hangs over something of ``clerk``; ``subject`` is the printed number, ``due`` an ISO day."""

    rule: CardRule
    level: CardLevel
    subject: str
    clerk: str
    due: str | None


class CardReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def hanging_cards(self, limit: int) -> Sequence[OwnCard]:
        """Return the cards of which a clerk is told and that still hang, the gravest first, then the oldest."""
        ...
