"""逾期退件: a case whose missing papers did not come in time ends with reasons; a manager signs off (I04, L10)."""

from collections.abc import Mapping, Sequence

from app.domain.case import Case, CaseEvent, CaseState
from app.domain.clerk import Clerk
from app.domain.negative_end import given_back
from app.domain.overdue_return import overdue, overdue_fields, return_of
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act, may
from app.domain.withdrawal import WITHDRAWAL_SLIP, return_number, return_series
from app.ports.clock import Clock
from app.ports.spool import PrintJob
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.case_record import queue_case_paper
from app.usecases.deciding import moved, tell_fact
from app.usecases.owe_original import release_originals
from app.usecases.serve_decision import desk_of
from app.usecases.taking_in import counting

_WAITING = (CaseState.SUPPLEMENT_NOTICED, CaseState.ACCEPTED, CaseState.REVIEWING)


def overdue_cases(store: Store, clock: Clock, by: Clerk) -> Sequence[Case]:
    """Return the cases of this window whose missing papers did not come in time, the oldest first.

    Raises:
        ActRefused: the day was never opened.
    """
    with store.read() as view:
        at = counting(view, clock, by, None)
        found = [each for each in view.cases_standing(set(_WAITING)) if each.window == at.window]
        late = [(until[1], each) for each in found if (until := overdue(each, at.today)) is not None]
    return [each for _, each in sorted(late, key=lambda pair: (pair[0], pair[1].case_no))]


def return_overdue(
    store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, *, reviewer: Clerk, by: Clerk
) -> PrintJob:
    """End the case: number, words, operation and paper in one commit; its unsealed originals are owed no longer.

    Raises:
        ActRefused: no right of either, another window's case, or nothing of it is overdue.
        IllegalTransition: it ended meanwhile.
        PaperError: the paper has a hole; then nothing is recorded either.
    """
    require(by, Act.WITHDRAW_CASE)
    if reviewer.number == by.number or not may(reviewer.roles, Act.APPROVE_RETURN):
        raise ActRefused(ActRefusal.MANAGER_NEEDED)
    with store.begin() as work:
        at, case = counting(work, clock, by, None), work.case(case_id)
        if case is None:
            raise ActRefused(ActRefusal.UNKNOWN_CASE)
        desk = desk_of(work, case, at)
        found = overdue(desk.case, at.today)
        if desk.case.window != at.window or found is None:
            raise ActRefused(ActRefusal.NOT_OVERDUE)
        number = return_number(at.today, at.counter, work.take_serial(return_series(at.today)))
        back = return_of(desk.case, desk.item, found, no=number, reviewer=reviewer.number, at_ms=at.now_ms)
        ended = moved(desk, CaseEvent.WITHDRAW)
        document = fill(templates[WITHDRAWAL_SLIP], overdue_fields(ended, desk.item, desk.catalogue, back))
        release_originals(work, desk.case)
        given = given_back(ended, desk.item, desk.catalogue, reviewer.number)
        tell_fact(work, by, ended, "case.returned", {"withdrawal": back.record(), "given": given})
        return queue_case_paper(work, clock, document, ended)
