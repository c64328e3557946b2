"""The work card of a citizen who comes back with a notice: only what was missing is open, nothing new may be asked."""

from dataclasses import replace

from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import SupplementMode
from app.domain.visit import Visit
from app.domain.work.card import WorkCard
from app.domain.work.materials import SHORT
from app.domain.work.of_case import card_of
from app.domain.work.supplement import supplement_of


def reopened(case: Case, visit: Visit, catalogue: Catalogue) -> WorkCard | None:
    """Return the page at section 3; None where the case waits for nothing, or its item is not published any more.

    Where the item returns all materials with the notice, all of them are handed in again and looked at again.
    """
    supplement, card = supplement_of(case), card_of(case, visit.number, visit.business, catalogue)
    if case.state is not CaseState.SUPPLEMENT_NOTICED or supplement is None or card is None or card.item is None:
        return None
    everything = card.item.supplement_mode is SupplementMode.RETURN_MATERIALS
    due = {line.material.id for line in card.materials.lines}
    marks = {
        key: mark
        for key, mark in card.marks.items()
        if key in due and mark.verdict not in SHORT and not (everything and _handed_back(card, key))
    }
    same = case.catalogue_version == catalogue.version
    return replace(
        card,
        ticket_id=visit.ticket_id,
        catalogue_version=catalogue.version,
        marks=marks,
        recheck_materials=frozenset() if same else frozenset(marks),
        supplement=supplement,
    )


def _handed_back(card: WorkCard, material_id: str) -> bool:
    """Shared data and what a reader proves were never handed in."""
    line = card.materials.line(material_id)
    return not line.exempt and not line.material.identity
