"""What a counter may say of the limits of a case that it takes in: nothing but when they end."""

from dataclasses import replace

from app.domain.business_day import business_date
from app.domain.canonical import canonical_json
from app.domain.case import Case, CaseEvent, CaseState
from app.domain.case_clock import CaseClock, clock_of
from app.domain.operation import Operation
from sync.server.service.desk import Parked, Reason
from sync.server.storage.cases import MirroredCase

_MOST_BYTES = 8192
_ANSWERS = frozenset(
    {CaseEvent.ACCEPT, CaseEvent.COMPLETE, CaseEvent.NOTICE_SUPPLEMENT, CaseEvent.REFUSE, CaseEvent.WITHDRAW}
)


def check_clock(case: Case, held: MirroredCase | None) -> None:
    """Refuse a record whose clock was stopped, extended or started otherwise than by an operation of its own.

    Raises:
        Parked: ``malformed_payload``.
    """
    try:
        said = clock_of(case)
        known = CaseClock() if held is None or held.clock is None else clock_of(replace(case, clock=held.clock))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
    if replace(said, calendar="") != replace(known, calendar="") or len(canonical_json(said.to_json())) > _MOST_BYTES:
        raise Parked(Reason.MALFORMED_PAYLOAD)


def told_in_time(held: Case | MirroredCase | None, operation: Operation, event: CaseEvent) -> bool:
    """Say whether a counter without a line answered a case before silence accepted it: then the answer holds."""
    if held is None or held.clock is None or held.state is not CaseState.ACCEPTED or event not in _ANSWERS:
        return False
    deemed = held.clock.get("deemed")
    if deemed is None or operation.base_rev != held.rev - 1:
        return False
    return business_date(operation.wall_ms).isoformat() < str(deemed)
