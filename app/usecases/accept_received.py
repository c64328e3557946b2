"""受理 behind the window: papers that a window may only take in are accepted by the department (Licensing Law art. 32).

The acceptance notice is owed under seal; the limits run from today, and silence accepts no more.
"""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.case import Case, CaseEvent
from app.domain.case_clock import counted
from app.domain.case_step import Step
from app.domain.clerk import Clerk
from app.domain.intake import doc_number, doc_series
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.receipt import ACCEPTANCE_SLIP, acceptance_fields
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.answering import answering
from app.usecases.deciding import moved, tell_fact
from app.usecases.owe_original import owe_original
from app.usecases.promise_paper import Promise, owe_promise

TOLD = ("doc_no", "accepted_on", "accepted_ms", "promised_due", "statutory_due", "provisional", "clock")
"""What the acceptance sets in a case."""


def accept_received(store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, *, by: Clerk) -> Case:
    """Accept the case: number, dates, operation and the sealed notice in one commit.

    Raises:
        ActRefused: no right, another department's, a case this counter does not hold whole, or silence has accepted it.
        IllegalTransition: it does not wait to be accepted.
        PaperError: the notice has a hole; then nothing is accepted either.
    """
    with store.begin() as work:
        desk = answering(work, clock, case_id, by)
        at = desk.at
        case = moved(desk, CaseEvent.ACCEPT, Step.ACCEPTANCE, accepted_on=at.today.isoformat(), accepted_ms=at.now_ms)
        number = doc_number(desk.item, at, work.take_serial(doc_series(desk.item, at.today)))
        case = counted(desk.item, replace(case, doc_no=number, notice_due=None), at.calendar)
        document = fill(templates[ACCEPTANCE_SLIP], acceptance_fields(case, desk.item, desk.catalogue))
        said = {"acceptance": {name: getattr(case, name) for name in TOLD}}
        promise = owe_promise(work, clock, templates, Promise(case, desk.item, desk.catalogue, at))
        tell_fact(work, by, case, "case.accepted_inside", {**said, **promise})
        owe_original(work, clock, document, case)
        return case
