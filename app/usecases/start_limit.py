"""起算: the event a statutory limit starts at (公示期满 and the like) has come to pass, and its clock runs."""

from datetime import date

from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.clock_moves import proven, started
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.clock_acts import as_refusals, record, standing


def start(store: Store, clock: Clock, case_id: str, on: date, *, evidence: str, by: Clerk) -> Case:
    """Record the day of the event, which itself does not count, with what proves it, and count the due date.

    Raises:
        ActRefused: no right, an unknown case, a limit that starts by itself or has started, an impossible day, or no
            evidence in a few words.
        IllegalTransition: the case is not accepted or under review.
    """
    with store.begin() as work, as_refusals():
        held = standing(work, clock, case_id, by)
        after = started(held.case, held.item, on, held.at.calendar, held.at.today)
        fact = {"on": on.isoformat(), "evidence": proven(evidence)}
        record(work, by, held.case, after, kind="case.limit_started", fact=fact)
        return after
