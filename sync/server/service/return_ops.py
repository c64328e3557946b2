"""What a window says of a case it returns because nothing came in time: by the server's own day, signed off by two."""

from dataclasses import dataclass

from app.domain.business_day import business_date
from app.domain.case import CaseEvent
from app.domain.case_step import HandOver
from app.domain.operation import Operation
from app.domain.overdue_return import OverdueReturn, overdue
from app.domain.rights import Act, Role, may
from sync.server.service.decision_ops import stand, steps
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.held_case import held_of
from sync.server.storage import clerks
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change


@dataclass(frozen=True, slots=True)
class _Returned:
    steps: list[HandOver]
    withdrawal: OverdueReturn


def case_returned(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """End the case if what it waited for is overdue, with the words that were told and who signed off (rule I04)."""
    held = held_of(desk, operation)
    said = payload_of(operation, _Returned)
    back = said.withdrawal
    if desk.window != held.case.window:
        raise Parked(Reason.FORBIDDEN_ACTOR)
    found = overdue(held.case, business_date(min(operation.wall_ms, desk.context.clock.now_ms())))
    if found is None:
        raise Parked(Reason.ILLEGAL_TRANSITION)
    second = clerks.get(desk.connection, desk.hall, back.reviewer)
    signed = second is not None and back.reviewer != actor.clerk and may(map(Role, second.roles), Act.APPROVE_RETURN)
    if found != (back.kind, back.until) or not signed or not all((back.told.strip(), back.basis.strip(), back.no)):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    done = steps(held, said.steps, actor, None)
    more = {"withdrawal": operation.payload["withdrawal"]}
    return [stand(desk, held, CaseEvent.WITHDRAW, more, steps=done or None)]
