"""What a window carries from its evaluator: the grade of a service that its own paper invited to rate."""

from dataclasses import dataclass

from app.domain.operation import Operation
from app.domain.rating import Grade, Way
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.storage import cases, ratings
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change
from sync.server.storage.ratings import Given


@dataclass(frozen=True, slots=True)
class _Given:
    grade: Grade
    way: Way
    window: str


@dataclass(frozen=True, slots=True)
class _Printed:
    case_no: str


def slip_printed(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep the record that the rating code was given on a paper of its own; the log is the register of such papers."""
    said = payload_of(operation, _Printed)
    held = cases.get(desk.connection, desk.hall, operation.entity_id)
    if operation.entity != "case" or held is None or held.case_no != said.case_no:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return []


def rating_given(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep the grade as the phone's page does; one that came after another, or after its seven days, changes nothing.

    Who holds the mark holds the paper's token, so a result may be rated at the window that handed it out, whichever
    window took the case. The moment is the counter's, no later than now: what was given without the network counts from
    when it was given. No feed row tells of it, so that no window sees when somebody rated.
    """
    given = payload_of(operation, _Given)
    if given.window != desk.window:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    at_ms = min(operation.wall_ms, desk.context.clock.now_ms())
    if not desk.known.grade(desk.connection, Given(desk.hall, operation.entity_id, int(given.grade), at_ms)):
        found = ratings.by_token(desk.connection, operation.entity_id)
        if found is None or found.hall != desk.hall:
            raise Parked(Reason.MALFORMED_PAYLOAD)
    return []
