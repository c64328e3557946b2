"""The item search learns: what was taken for what was typed comes first at this window the next time."""

from app.domain.catalogue.search import typed_key
from app.ports.store import Store


def learn_item(store: Store, window: str, typed: str, item_id: str) -> None:
    """Count one choice; no operation, for it concerns nobody and decides nothing."""
    key = typed_key(typed)
    if not key:
        return
    with store.begin() as work:
        work.count_item_choice(window, key, item_id)
