"""A registered first contact ends with the visit that goes on with it: in a case, or in an answer (domain rule I01)."""

from app.domain.clerk import Clerk
from app.domain.contact_record import closed_record
from app.domain.operation import OperationDraft
from app.domain.visit import Outcome, Visit
from app.ports.clock import Clock
from app.ports.store import Work
from app.usecases.acting import actor_at


def close_contact(work: Work, clock: Clock, by: Clerk, visit: Visit, outcome: Outcome) -> None:
    """Close the contact of a visit that has its outcome now; ``visit`` names the case where there is one.

    A visit that goes on with no contact closes none, and one that is closed already stays as it is.
    """
    record = work.contact_record(visit.contact_id) if visit.contact_id is not None else None
    if record is None or not record.open:
        return
    now = clock.now_ms()
    work.put_contact_record(closed_record(record, visit.case_id, now))
    work.append(
        OperationDraft(
            kind="contact.closed",
            entity="contact",
            entity_id=record.contact_id,
            payload={
                "number": record.no,
                "window": actor_at(work, by).window,
                "outcome": outcome.value,
                "case_id": visit.case_id,
                "closed_ms": now,
            },
            actor=actor_at(work, by),
        )
    )
