"""A visit that was put aside, with what its page is about, as the rail and the questions name it."""

from dataclasses import dataclass

from app.domain.catalogue.catalogue import Catalogue
from app.domain.visit import Visit
from app.ports.store import Reading

NO_BUSINESS = "随到办理"
"""What a number of the window's own series stands for."""


@dataclass(frozen=True, slots=True)
class HeldVisit:
    """``item`` is the name of the item the page has, else of the ticket's business."""

    visit: Visit
    item: str


def held_visits(view: Reading, catalogue: Catalogue | None) -> tuple[HeldVisit, ...]:
    """Return the visits held at this window, the one held longest first."""
    return tuple(HeldVisit(each, _item(view, each, catalogue)) for each in view.held_visits())


def _item(view: Reading, visit: Visit, catalogue: Catalogue | None) -> str:
    if catalogue is None:
        return ""
    draft = view.draft(visit.visit_id)
    item = catalogue.items.get(str(draft.get("item"))) if draft else None
    business = catalogue.businesses.get(visit.business)
    return item.name if item else business.name if business else NO_BUSINESS
