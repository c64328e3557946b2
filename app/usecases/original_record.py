"""How an act writes down what became of an original: its row, and the operation that tells the server."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.original import Original
from app.ports.store import Reading, Work
from app.usecases.acting import ActRefusal, ActRefused, actor_at


def known_original(view: Reading, original_id: str) -> Original:
    """Return one original.

    Raises:
        ActRefused: there is none with this id.
    """
    original = view.original(original_id)
    if original is None:
        raise ActRefused(ActRefusal.UNKNOWN_PAPER)
    return original


def record_original(work: Work, by: Clerk, original: Original, kind: str, **more: int) -> None:
    """Keep the original as it is now, and append the operation."""
    said = {name: getattr(original, name) for name in ("case_id", "slip", "doc_no", "copies")}
    work.put_original(original)
    work.append(
        OperationDraft(
            kind=kind,
            entity="document",
            entity_id=original.original_id,
            payload={**said, **more},
            actor=actor_at(work, by),
        )
    )
