"""The journal of the work card: after a power cut the clerk goes on in the section where they were."""

from app.domain.work import draft
from app.domain.work.card import WorkCard
from app.ports.store import Store


def save_draft(store: Store, visit_id: str, card: WorkCard) -> None:
    """Keep the card of the visit as it stands; no operation, for nothing was decided yet."""
    with store.begin() as work:
        work.put_draft(visit_id, draft.to_json(card))


def restore_draft(store: Store, visit_id: str) -> WorkCard | None:
    """Return the card as it was last kept; None where there is none or the catalogue no longer has it.

    Raises:
        DraftError: what lies there was not written by this version.
    """
    with store.read() as view:
        kept, catalogue = view.draft(visit_id), view.catalogue()
    return None if kept is None or catalogue is None else draft.from_json(kept, catalogue)
