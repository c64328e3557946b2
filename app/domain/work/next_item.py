"""The page of a citizen's second matter: the persons stay seated, everything else begins anew."""

from dataclasses import replace

from app.domain.catalogue.item import Item
from app.domain.work.card import WorkCard


def next_item(card: WorkCard, candidates: tuple[Item, ...], catalogue_version: int) -> WorkCard:
    """Return an empty page with the persons of ``card``; without an item it opens at its first section.

    ``candidates`` are the items of the window, whatever the ticket was for.
    """
    fresh = WorkCard(
        ticket_id=card.ticket_id,
        ticket_number=card.ticket_number,
        business=card.business,
        catalogue_version=catalogue_version,
        candidates=candidates,
    )
    return replace(
        fresh,
        applicant=card.applicant,
        agent=card.agent,
        who_settled=card.applicant is not None,
        channel=card.channel,
    )
