"""The conflicts that wait at this counter: what was said here, and what stands at the server instead."""

from dataclasses import dataclass, replace
from typing import Final

from app.domain.case import Case, CaseState
from app.domain.conflict import How
from app.domain.ticket import Ticket
from app.ports.conflict_store import ParkedOperation
from app.ports.store import Reading
from app.usecases.resolve_conflict import ways_of
from ui.press import Press

MOST: Final = 200
"""More are read when these are resolved."""


class OpenConflicts(Press):
    """Ctrl+S: what the server could not take as it was said here."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, repr=False)
class ConflictTask:
    """One parked operation, its ways out, and what it is about as the feed tells it; no repr, for it names persons.

    ``heard`` is the state the server has the case in, None where it has none; ``whole`` says that ``case`` holds all
    of what the server has of it, so that the two can be compared. ``later`` counts what was said after it of the same.
    """

    parked: ParkedOperation
    ways: tuple[How, ...]
    case: Case | None = None
    heard: CaseState | None = None
    ticket: Ticket | None = None
    whole: bool = False
    later: int = 0

    @property
    def seq(self) -> int:
        """The number of the operation in this counter's log."""
        return self.parked.operation.seq


def read_conflicts(view: Reading) -> tuple[ConflictTask, ...]:
    """Return what waits, oldest first; what was said later of the same matter stands behind its first word."""
    matters: dict[str, list[ParkedOperation]] = {}
    for each in view.parked_operations(MOST):
        matters.setdefault(each.operation.entity_id, []).append(each)
    return tuple(replace(_task(view, first), later=len(rest)) for first, *rest in matters.values())


def _task(view: Reading, parked: ParkedOperation) -> ConflictTask:
    operation, ways = parked.operation, ways_of(view, parked)
    if operation.entity == "ticket":
        number = operation.payload.get("number")
        ticket = view.ticket_heard(operation.entity_id)
        return ConflictTask(parked, ways, ticket=ticket or view.ticket_by_number(str(number)))
    if operation.entity != "case":
        return ConflictTask(parked, ways)
    heard, case = view.case_heard(operation.entity_id), view.case(operation.entity_id)
    whole = heard is not None and view.case_whole(operation.entity_id)
    return ConflictTask(parked, ways, case, heard[0] if heard else None, whole=whole)
