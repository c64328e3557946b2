"""上报件: the case goes up, the higher authority is asked again and again, its result comes back (domain rule I07)."""

from typing import Final

from app.domain.case import Case, CaseState
from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.supervision import CardRule
from app.domain.upward import (
    CONTACT_WORKDAYS,
    Contact,
    HigherResult,
    Upward,
    UpwardImpossible,
    UpwardStage,
    contacted,
    is_upward,
    reported,
    returned,
    upward_of,
)
from app.ports.clock import Clock
from app.ports.store import Reading, Store, Work
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.deciding import OnDesk, moved, on_desk, tell_fact

INCOMPLETE: Final = ActRefusal.UPWARD_INCOMPLETE
_OPEN = frozenset({CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.SUSPENDED})


def report(store: Store, clock: Clock, case_id: str, organ: str, *, by: Clerk) -> Case:
    """Send the case up to ``organ``; who accepted it stays responsible, and asks again when the catalogue says.

    Raises:
        ActRefused: no right, an item that no higher authority decides, a case that went up before or is not open, or
            no organ named.
    """
    require(by, Act.REPORT_UPWARD)
    with store.begin() as work:
        desk = on_desk(work, clock, case_id, by)
        if not is_upward(desk.item):
            raise ActRefused(ActRefusal.NO_UPWARD_ITEM)
        if upward_of(desk.case) is not None or desk.case.state not in _OPEN:
            raise ActRefused(ActRefusal.NO_UPWARD_CASE)
        try:
            upward = reported(organ, desk.case.clerk, _contact(work, desk, by))
        except UpwardImpossible as error:
            raise ActRefused(INCOMPLETE) from error
        return _kept(work, desk, upward, "case.reported", by)


def note_contact(
    store: Store,
    clock: Clock,
    case_id: str,
    text: str,
    *,
    stage: UpwardStage | None,
    by: Clerk,
) -> Case:
    """Note a contact with the higher authority, and the ``stage`` it has come to if it said so.

    Raises:
        ActRefused: no right, a case that is not up there, or nothing noted.
    """
    require(by, Act.REPORT_UPWARD)
    with store.begin() as work:
        desk = on_desk(work, clock, case_id, by)
        try:
            upward = contacted(_up(desk), _contact(work, desk, by), text, stage=stage)
        except UpwardImpossible as error:
            raise ActRefused(INCOMPLETE) from error
        return _kept(work, desk, upward, "case.upward_noted", by)


def attach_result(store: Store, clock: Clock, case_id: str, result: HigherResult, *, by: Clerk) -> Case:
    """Attach what the higher authority decided (回传); from now on the case may be decided here and end.

    Raises:
        ActRefused: no right, a case that is not up there or not decided there, or number, date or organ missing.
    """
    require(by, Act.REPORT_UPWARD)
    with store.begin() as work:
        desk = on_desk(work, clock, case_id, by)
        try:
            upward = returned(_up(desk), _contact(work, desk, by), result)
        except (UpwardImpossible, ValueError) as error:
            raise ActRefused(INCOMPLETE) from error
        return _kept(work, desk, upward, "case.upward_returned", by)


def _contact(view: Reading, desk: OnDesk, by: Clerk) -> Contact:
    """Return who speaks with the higher authority now; the catalogue in force says when they ask again."""
    catalogue = view.catalogue()
    days = catalogue.cards.rules[CardRule.UPWARD].amount if catalogue is not None else 0
    return Contact(by.number, desk.at.today, desk.at.now_ms, desk.at.calendar, days or CONTACT_WORKDAYS)


def _up(desk: OnDesk) -> Upward:
    upward = upward_of(desk.case)
    if upward is None:
        raise ActRefused(ActRefusal.NO_UPWARD_CASE)
    return upward


def _kept(work: Work, desk: OnDesk, upward: Upward, kind: str, by: Clerk) -> Case:
    case = moved(desk, None, upward=upward.to_json())
    tell_fact(work, by, case, kind, {"upward": upward.to_json()})
    return case
