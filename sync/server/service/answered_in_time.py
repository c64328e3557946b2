"""A department that answered before silence accepted is believed, though its line was down (rule L02)."""

from dataclasses import replace

from app.domain.case import CaseEvent, CaseState
from app.domain.operation import Operation
from sync.server.service.case_clock_check import told_in_time
from sync.server.service.desk import Desk, Parked, Reason
from sync.server.service.held_case import Held, Unreadable, held_case, held_of
from sync.server.service.merge_case import Seen


def answered(desk: Desk, operation: Operation, event: CaseEvent) -> Held:
    """Return the case that an answer speaks of, as it was before silence accepted it where the answer was in time.

    Raises:
        Parked: what ``held_of`` raises.
    """
    try:
        held = held_case(desk.context, desk.connection, desk.hall, operation.entity_id)
    except Unreadable as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
    if not told_in_time(held.case, operation, event) or held.case.case_no != operation.payload.get("case_no"):
        return held_of(desk, operation)
    before = replace(held.case, state=CaseState.RECEIVED, promised_due=None, statutory_due=None, clock=None)
    return Held(held.record, before, Seen(operation.incarnation))
