"""The work card that goes on with a registered first contact: item, answers and persons stand there (rule I70)."""

from dataclasses import replace

from app.domain.catalogue.catalogue import Catalogue
from app.domain.contact_record import ContactRecord, caller_of
from app.domain.visit import Visit
from app.domain.work import draft
from app.domain.work.card import WorkCard


def from_contact(record: ContactRecord, visit: Visit, catalogue: Catalogue, window: str) -> WorkCard:
    """Return the page for this visit; papers nobody saw yet are all open.

    An item that this window does not do leaves the card, the persons stay.

    Raises:
        DraftError: the kept page is none of this program.
    """
    kept = draft.from_json(dict(record.page or {}), catalogue)
    served = tuple(catalogue.items_at_window(window))
    item = kept.item if kept.item in served else None
    return WorkCard(
        ticket_id=visit.ticket_id,
        ticket_number=visit.number,
        business=visit.business,
        catalogue_version=catalogue.version,
        candidates=served,
        item=item,
        answers=kept.answers if item is not None else {},
        typed=kept.typed if item is not None else {},
        applicant=kept.applicant,
        agent=kept.agent,
        guardian=kept.guardian,
        organisation=kept.organisation,
        who_settled=kept.who_settled,
        known_version=kept.known_version if item is not None else None,
        channel=visit.channel,
        caller=caller_of(record.page or {}),
        topic=record.topic,
    )


def seated(page: WorkCard, now: WorkCard) -> WorkCard:
    """Return the page with whoever already sat there: a card that was read is newer than what a telephone told."""
    applicant = now.applicant or page.applicant
    return replace(page, applicant=applicant, agent=now.agent or page.agent, past=(*now.past, replace(now, past=())))
