"""What the work behind the window needs of the counter's store: cases of other windows that came here whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.domain.case import Case, CaseState


class ReviewReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def cases_standing(self, states: Collection[CaseState]) -> Sequence[Case]:
        """Return the open cases held here, whichever window took them in, that stand so; most urgent first."""
        ...

    def case_whole(self, case_id: str) -> bool:
        """Say whether this counter holds all of the newest revision of a case it heard of."""
        ...


@dataclass(frozen=True, slots=True)
class Unread:
    """A case of which the server told a revision that is not here as a whole."""

    case_id: str
    rev: int


class RecordStore(Protocol):
    """Where whole cases of other windows are kept; every method is one transaction."""

    def unread(self, items: Collection[str], states: Collection[CaseState], limit: int) -> Sequence[Unread]:
        """Return cases of these items (``*``: all) that are not here whole.

        Those that stand so, and those that are here in part, however they stand.
        """
        ...

    def keep(self, records: Sequence[dict[str, Any]]) -> int:
        """Keep whole cases, each a ``Case`` as plain JSON, unless a newer one is here; returns how many were new.

        Raises:
            UnreadableRow: a record this version does not know.
        """
        ...
