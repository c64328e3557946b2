"""F6 after an issued paper, 引导: a number at the next window is taken, and a paper says where to go (rule I08).

After a case the window is the one its item publishes; after a question (SL-03) or a register (SL-02) the one that can
take the business, or that was named to answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.clerk import Clerk
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.referral import Goal, TakenNumber, chosen_window, goal_of
from app.domain.referral_asked import Asked, asked_of, goal_of_asked
from app.domain.referral_slip import held_of_case, held_without_case, referral_fields
from app.domain.rights import Act
from app.domain.transfer_slip import TRANSFER_SLIP
from app.domain.visit import Visit, VisitState
from app.domain.work import draft
from app.ports.clock import Clock
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable, QueueAuthority
from app.ports.spool import PrintJob
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefusal, ActRefused, counter_of, require, visit_at
from app.usecases.case_record import newest, queue_paper
from app.usecases.reprint_slip import reprint
from app.usecases.taking_in import published
from app.usecases.ticket_record import record

ASKED_AGAIN = "referral_again"
"""The reason recorded when the same referral is printed once more."""


@dataclass(frozen=True, slots=True)
class Referred:
    """The window the citizen goes to, the number taken there (None: they take one themselves), and the paper's job.

    ``window`` is empty where the paper of an earlier press was printed once more.
    """

    window: str
    taken: TakenNumber | None
    job: PrintJob


def refer_on(
    store: Store, clock: Clock, templates: Mapping[str, Template], authority: QueueAuthority, by: Clerk
) -> Referred:
    """Send the citizen who holds a paper on to the next window: operation and paper in one commit.

    The number is taken first, under a key of the visit: pressed again after a lost answer, it is the same number.
    Without the authority the paper tells the citizen to take one. A second referral is a reprint of the first.

    Raises:
        ActRefused: no right, nobody who holds a paper, or no next window is published.
    """
    require(by, Act.SERVE_TICKET)
    with store.read() as view:
        visit, case = _issued(view)
        catalogue, own = published(view), counter_of(view).window
        printed = bool(view.print_jobs_of(paper_of(visit)))
        goal = goal_at(view, visit, case, catalogue, own)
    if goal is None:
        raise ActRefused(ActRefusal.NO_NEXT_WINDOW)
    asked = None if printed else _ask(authority, goal, own, visit)
    with store.begin() as work:
        if _issued(work)[0] != visit:
            raise ActRefused(ActRefusal.NO_VISIT)
        jobs = work.print_jobs_of(paper_of(visit))
        if jobs or asked is None:
            return Referred("", None, reprint(work, clock, jobs[-1], ASKED_AGAIN, by))
        window, taken = asked
        held = held_without_case(visit.outcome, own) if case is None else held_of_case(case, catalogue)
        fields = referral_fields(held, goal, window, taken, catalogue, by=by, now_ms=clock.now_ms())
        number = taken.number if taken else None
        record(work, by, visit, "ticket.referred", to_window=window, business=goal.business, to_number=number)
        return Referred(
            window, taken, queue_paper(work, clock, fill(templates[TRANSFER_SLIP], fields), paper_of(visit))
        )


def goal_at(view: Reading, visit: Visit, case: Case | None, catalogue: Catalogue, own: str) -> Goal | None:
    """Return where the citizen who holds a paper of window ``own`` goes; None where nothing is known or published."""
    if case is not None:
        return goal_of(case, catalogue, own)
    return goal_of_asked(asked_at(view, visit, catalogue), catalogue, own)


def asked_at(view: Reading, visit: Visit, catalogue: Catalogue) -> Asked | None:
    """Return what a visit without a case was about, as its page was kept with its paper."""
    kept = view.draft(visit.visit_id)
    return None if kept is None else asked_of(visit.outcome, draft.from_json(kept, catalogue))


def paper_of(visit: Visit) -> str:
    """Return what the paper of a referral hangs on: beside the case, whose own paper it must not stand for."""
    return f"referral/{visit.visit_id}"


def _issued(view: Reading) -> tuple[Visit, Case | None]:
    visit = visit_at(view)
    if visit.state is not VisitState.ISSUED:
        raise ActRefused(ActRefusal.NO_VISIT)
    case = view.case(visit.case_id) if visit.case_id is not None else None
    return visit, None if case is None else newest(view, case)


def _ask(authority: QueueAuthority, goal: Goal, own: str, visit: Visit) -> tuple[str, TakenNumber | None]:
    """Ask the hall which window is open, and take a number for the business there."""
    try:
        window = chosen_window(authority.lines(), goal, own)
        if not goal.queue or not goal.business:
            return window, None
        return window, authority.take_number(goal.business, f"referral-{visit.visit_id}")
    except (AuthorityUnreachable, AuthorityRefused):
        return goal.window, None
