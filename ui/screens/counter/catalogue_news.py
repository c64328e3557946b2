"""What changed in the guide since the ticket was taken or the page was begun (design.md section 8.3)."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.changes import Change, changes
from app.domain.visit import Visit
from app.domain.work.card import Section, WorkCard
from app.ports.store import Reading

ItemChanges = Mapping[str, tuple[Change, ...]]
"""Item id → what changed of it; items that did not change are left out."""


def page_and_news(view: Reading, visit: Visit, card: WorkCard, catalogue: Catalogue) -> tuple[WorkCard, ItemChanges]:
    """Return the page and the changes it has to tell; a page that has any to tell opens at section 1.

    A page under the version the citizen knew has nothing to tell.
    """
    known = card.known_version if card.known_version is not None else _known(view, visit, card)
    before = view.catalogue_version(known) if known is not None and known != catalogue.version else None
    if before is None:
        return replace(card, known_version=None), {}
    news = item_changes(before, card, catalogue)
    concerned = news.keys() & ({card.item.id} if card.item else {each.id for each in card.candidates})
    withdrawn = card.item is None and any(each not in catalogue.items for each in news)
    if not concerned and not withdrawn:
        return replace(card, known_version=None), {}
    return replace(card, known_version=known, opened=Section.ITEM), news


def item_changes(before: Catalogue, card: WorkCard, after: Catalogue) -> ItemChanges:
    """Return the changes of the items the page is about, and of those of its business that are gone."""
    wanted = {each.id for each in card.candidates} | {each.id for each in before.items_of_business(card.business)}
    found = {each: changes(before.items[each], after.items.get(each)) for each in wanted if each in before.items}
    return {item_id: told for item_id, told in found.items() if told}


def _known(view: Reading, visit: Visit, card: WorkCard) -> int | None:
    """Return the version the ticket was taken under; a page with an item chosen was begun under its own."""
    if card.item is not None or visit.ticket_id is None:
        return None
    ticket = view.ticket_by_number(visit.number)
    return None if ticket is None else view.catalogue_known_at(ticket.issued_ms)
