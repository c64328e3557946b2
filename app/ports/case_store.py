"""What handing out a result and taking an application back need of the counter's store."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.case import Case, CaseState


class CaseReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def cases_named(self, text: str) -> Sequence[Case]:
        """Return the cases with this case number or this query code; a query code alone does not name one case."""
        ...

    def case_heard(self, case_id: str) -> tuple[CaseState, int] | None:
        """Return state and revision of a case as the server last told them; None where it never did."""
        ...
