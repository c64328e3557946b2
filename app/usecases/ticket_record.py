"""How a use case records what happened to the ticket of a visit."""

from typing import Any

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.visit import Visit
from app.ports.store import Work
from app.usecases.acting import actor_at, ticket_entity


def record(work: Work, by: Clerk, visit: Visit, kind: str, **more: Any) -> None:
    """Append the operation; its payload names number and window, and ``more``."""
    actor = actor_at(work, by)
    work.append(
        OperationDraft(
            kind=kind,
            entity="ticket",
            entity_id=ticket_entity(work, visit),
            payload={"number": visit.number, "window": actor.window, **more},
            actor=actor,
        )
    )
