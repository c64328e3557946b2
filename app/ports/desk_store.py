"""What search, pause and handover need of the counter's store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.case import Case
from app.domain.handover import Entry
from app.domain.pause import Pause
from app.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A handover as this counter keeps it; ``at_ms`` UTC milliseconds."""

    number: str
    at_ms: int
    clerk: str
    entries: tuple[Entry, ...]


class DeskReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def find_cases(self, tokens: Sequence[str], since: str, limit: int) -> Sequence[Case]:
        """Return the newest cases that have a word beginning with every token (``app.domain.case_search``).

        Ended cases are left out when their business date lies before ``since``, an ISO date.
        """
        ...

    def pause(self) -> Pause | None:
        """Return the pause that lasts."""
        ...

    def pauses_since(self, since_ms: int) -> Sequence[Pause]:
        """Return the pauses that began since then, oldest first."""
        ...

    def handovers(self, since_ms: int) -> Sequence[HandedOver]:
        """Return the handovers of this counter since then, oldest first."""
        ...

    def cases_in_hand(self, clerk: str) -> Sequence[Case]:
        """Return the open cases this clerk answers for, most urgent first.

        Those they took in at this counter and those that were handed to them here, without what they gave away.
        """
        ...

    def tickets_on_hold(self) -> Sequence[Visit]:
        """Return the visits of this window that are held, oldest first."""
        ...

    def windows_at_work(self, businesses: Sequence[str], day: str) -> Sequence[str]:
        """Return the windows heard of today to have called tickets of these businesses, the latest first."""
        ...

    def ended_today(self) -> Mapping[str, int]:
        """Return how many visits of the open business day ended in each outcome."""
        ...


class DeskWork(Protocol):
    """A part of ``app.ports.store.Work``."""

    def put_pause(self, pause: Pause) -> None:
        """Insert or replace the pause that began at the same moment."""
        ...

    def put_handover(self, handed: HandedOver) -> None:
        """Keep what was handed over."""
        ...
