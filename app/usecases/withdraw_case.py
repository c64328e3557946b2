"""F12 5 撤回: an applicant takes an open application back; the paper (SL-08) is the record of the return."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.case import CASE, CaseEvent
from app.domain.clerk import Clerk
from app.domain.negative_end import given_back
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.domain.visit import VISIT, Outcome, VisitEvent
from app.domain.withdrawal import WITHDRAWAL_SLIP, Withdrawal, return_number, return_series, withdrawal_fields
from app.domain.work.card import WorkCard
from app.domain.work.ending import WithdrawReason, hindrances, value
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.case_record import case_of_citizen, queue_paper, record_case
from app.usecases.end_visit import undecided
from app.usecases.owe_original import release_originals
from app.usecases.taking_in import TOKEN_BYTES, CardNotReady, TakenIn, counting, published


def withdraw_case(store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk) -> TakenIn:
    """Withdraw the citizen's own open case of this window: case, number, operation and paper in one commit.

    Its originals that are not sealed yet are owed no longer (``release_originals``).

    Raises:
        ActRefused: no right, nobody was read, an unknown or another person's case, one of another window, or ended, or
            an original of it is being printed.
        CardNotReady: no case number was typed.
        IllegalTransition: the visit has its outcome already.
    """
    require(by, Act.WITHDRAW_CASE)
    with store.begin() as work:
        visit = undecided(work)
        state = VISIT.after(visit.state, VisitEvent.ISSUE)
        at, catalogue = counting(work, clock, by, visit), published(work)
        missing = hindrances(card, "")
        if missing:
            raise CardNotReady(missing)
        case = case_of_citizen(work, value(card, "number"), card)
        item = catalogue.items.get(case.item_id)
        if case.window != at.window or item is None:
            raise ActRefused(ActRefusal.OTHER_WINDOWS_CASE)
        if not CASE.allows(case.state, CaseEvent.WITHDRAW):
            raise ActRefused(ActRefusal.NOT_OPEN_ANY_MORE)
        no = return_number(at.today, at.counter, work.take_serial(return_series(at.today)))
        reason = WithdrawReason(value(card, "reason"))
        withdrawn = replace(
            case,
            state=CASE.after(case.state, CaseEvent.WITHDRAW),
            rev=case.rev + 1,
            clerk=by.number,
            notice_due=None,
            rating_token=clock.random_bytes(TOKEN_BYTES).hex(),
        )
        fields = withdrawal_fields(withdrawn, item, catalogue, Withdrawal(no, reason, at.now_ms))
        document = fill(templates[WITHDRAWAL_SLIP], fields)
        given = given_back(withdrawn, item, None, str(fields["reviewer"]))
        told = {"no": no, "reason": reason.value, "told": fields["reason"], "at_ms": at.now_ms}
        more = {"withdrawal": told, "given": given}
        release_originals(work, case)
        record_case(work, by, withdrawn, "case.withdrawn", base_rev=case.rev, more=more)
        issued = replace(visit, state=state, case_id=case.case_id, outcome=Outcome.WITHDRAWN)
        work.put_visit(issued)
        work.drop_draft(visit.visit_id)
        return TakenIn(withdrawn, issued, queue_paper(work, clock, document, case.case_id))
