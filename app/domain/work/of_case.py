"""The work card of a case that was already taken in: the same page, to look at."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.guardian_consent import consented_ms
from app.domain.organisation import Organisation
from app.domain.person import Person
from app.domain.work.card import WorkCard
from app.domain.work.materials import Mark, Verdict


def card_of(case: Case, number: str, business: str, catalogue: Catalogue) -> WorkCard | None:
    """Return the page as it stood when the case was taken in; None where the item is no longer published."""
    item = catalogue.items.get(case.item_id)
    if item is None:
        return None
    card = WorkCard(
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
        applicant=Person.from_json(case.applicant),
        agent=Person.from_json(case.agent) if case.agent else None,
        guardian=Person.from_json(case.guardian) if case.guardian else None,
        organisation=Organisation.from_json(case.organisation) if case.organisation else None,
        consent_ms=consented_ms(case.consent),
    )
    return replace(card, typed=_typed(card, case.form))


def _typed(card: WorkCard, form: Mapping[str, str]) -> Mapping[str, str]:
    """Return what only the clerk knew: a case keeps every field, also those that card and answers fill by themselves.

    Otherwise the keyboard would go to the form's last field instead of its first empty one.
    """
    assert card.form is not None, "a case has an item"
    filled = card.form.values()
    return {name: text for name, text in form.items() if filled.get(name) != text}
