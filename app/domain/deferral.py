"""容缺: until when each deferred material has to come, by the item's period and never after the promised day (L10)."""

from datetime import date

from app.domain import deadline
from app.domain.calendar import WorkCalendar
from app.domain.catalogue.item import Item
from app.domain.limit_unit import LimitUnit
from app.domain.work.card import WorkCard
from app.domain.work.materials import Verdict


def deferred_until(card: WorkCard, today: date, promised: date | None, calendar: WorkCalendar) -> dict[str, str] | None:
    """Return the ISO day of each deferred material by its id; None where nothing is deferred."""
    ids = _deferred(card)
    if not ids or card.item is None:
        return None
    by = _last_day(card.item, today, promised, calendar).isoformat()
    return dict.fromkeys(ids, by)


def defers(card: WorkCard) -> bool:
    """Say whether a material of the card comes later: then the applicant signs a promise (SL-16)."""
    return bool(_deferred(card))


def _deferred(card: WorkCard) -> list[str]:
    return [
        each.line.material.id
        for each in card.materials.states()
        if not each.waived and each.mark is not None and each.mark.verdict is Verdict.DEFERRED
    ]


def _last_day(item: Item, today: date, promised: date | None, calendar: WorkCalendar) -> date:
    """Without a period of its own an item waits until the promised day: without the material there is no result."""
    if item.deferral_days is None:
        return promised or today
    own = deadline.due(today, item.deferral_days, LimitUnit.WORKING_DAYS, calendar).date
    return min(own, promised) if promised else own
