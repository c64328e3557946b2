"""The work card of a case that was already taken in: the same page, to look at."""

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.organisation import Organisation
from app.domain.person import Person
from app.domain.work.card import WorkCard
from app.domain.work.materials import Mark, Verdict


def card_of(case: Case, number: str, business: str, catalogue: Catalogue) -> WorkCard | None:
    """Return the page as it stood when the case was taken in; None where the item is no longer published."""
    item = catalogue.items.get(case.item_id)
    if item is None:
        return None
    return WorkCard(
        ticket_id=None,
        ticket_number=number,
        business=business,
        catalogue_version=case.catalogue_version,
        candidates=(item,),
        item=item,
        answers=case.answers,
        marks={
            key: Mark(Verdict(each["verdict"]), each["reason"], each["check_failed"])
            for key, each in case.verdicts.items()
        },
        typed=case.form,
        applicant=Person.from_json(case.applicant),
        agent=Person.from_json(case.agent) if case.agent else None,
        guardian=Person.from_json(case.guardian) if case.guardian else None,
        organisation=Organisation.from_json(case.organisation) if case.organisation else None,
    )
