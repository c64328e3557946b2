"""What every act behind the window shares: the case as this counter holds it, who may act on it, and what is told.

The operation carries what changed and no more: the server keeps the whole case, and a decision has no need to send a
person's data again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.case import CASE, Case, CaseEvent
from app.domain.case_step import HandOver, Step, with_step
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.organisation import ALL_ITEMS
from app.domain.catalogue.validity import of_the_day
from app.domain.clerk import Clerk
from app.domain.intake import Counting
from app.domain.operation import OperationDraft
from app.ports.clock import Clock
from app.ports.store import Reading, Work
from app.usecases.acting import ActRefusal, ActRefused, actor_at
from app.usecases.taking_in import counting


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A case on somebody's desk, its item in the version it was taken in under, and place and day of the act.

    What it rests on is in force on that day, or published in the place of what ended (domain rule I15).
    """

    case: Case
    item: Item
    catalogue: Catalogue
    at: Counting


def on_desk(view: Reading, clock: Clock, case_id: str, by: Clerk) -> OnDesk:
    """Return the case for an act of this clerk.

    Raises:
        ActRefused: this counter does not hold it, or not all of its newest revision; the clerk is not qualified for
            its item; or the day was never opened.
    """
    case = case_in_hand(view, case_id)
    if ALL_ITEMS not in by.items and case.item_id not in by.items:
        raise ActRefused(ActRefusal.NOT_QUALIFIED)
    published = view.catalogue()
    own = view.catalogue_version(case.catalogue_version) or published
    if own is None or published is None or case.item_id not in own.items:
        raise ActRefused(ActRefusal.NO_CATALOGUE)
    at = counting(view, clock, by, None)
    item, catalogue = of_the_day(own, published, own.items[case.item_id], at.today)
    return OnDesk(case, item, catalogue, at)


def of_department(desk: OnDesk, by: Clerk) -> OnDesk:
    """Return what is on the desk if the department of this clerk decides it.

    Raises:
        ActRefused: another department does.
    """
    if desk.case.department != by.department:
        raise ActRefused(ActRefusal.NOT_YOUR_DEPARTMENT)
    return desk


def case_in_hand(view: Reading, case_id: str) -> Case:
    """Return the case with all of its newest revision.

    Raises:
        ActRefused: unknown, or the server told of a revision whose content has not come yet.
    """
    case = view.case(case_id)
    if case is None:
        raise ActRefused(ActRefusal.UNKNOWN_CASE)
    if not view.case_whole(case_id):
        raise ActRefused(ActRefusal.NOT_WHOLE)
    return case


def moved(desk: OnDesk, event: CaseEvent | None, step: Step | None = None, **changes: Any) -> Case:
    """Return the next revision of the case, with the step that was done.

    Raises:
        IllegalTransition: the event does not exist now.
    """
    case, at = desk.case, desk.at
    state = CASE.after(case.state, event) if event is not None else case.state
    steps = case.steps
    if step is not None:
        steps = with_step(case, HandOver(step, at.clerk, at.window, at.now_ms))
    return replace(case, state=state, rev=case.rev + 1, steps=steps, **changes)


def tell_fact(work: Work, by: Clerk, case: Case, kind: str, facts: Mapping[str, Any] | None = None) -> None:
    """Keep the next revision and append the operation that says what changed in it."""
    work.put_case(case)
    work.append(
        OperationDraft(
            kind=kind,
            entity="case",
            entity_id=case.case_id,
            payload={"case_no": case.case_no, "steps": list(case.steps or ()), **(facts or {})},
            actor=actor_at(work, by),
            base_rev=case.rev - 1,
        )
    )
