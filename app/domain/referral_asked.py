"""引导 without a case (domain rules I01, I08): who asked (SL-03) or was registered (SL-02) goes to who can take it."""

from dataclasses import dataclass

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.organisation import Authority, Window
from app.domain.referral import Goal
from app.domain.takeover import window_named
from app.domain.visit import Outcome
from app.domain.work.card import WorkCard
from app.domain.work.ending import value


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visit without a case was about: the item of its page, and what the register says (SL-02).

    ``item_id``, ``topic`` and ``owner`` are empty where nothing is known.
    """

    item_id: str = ""
    topic: str = ""
    owner: str = ""


def asked_of(outcome: Outcome | None, card: WorkCard | None) -> Asked | None:
    """Return what a visit that ended in this outcome was about; None where it only asked nothing, or has a case."""
    if card is None or outcome not in (Outcome.INFORMED, Outcome.REGISTERED):
        return None
    item_id = card.item.id if card.item is not None else ""
    if outcome is Outcome.INFORMED:
        return Asked(item_id)
    return Asked(item_id, value(card, "topic").strip(), value(card, "owner"))


def goal_of_asked(asked: Asked | None, catalogue: Catalogue, own: str) -> Goal | None:
    """Return the window that answers or can take the business; None where it is known of none but window ``own``.

    Who is named to answer comes first, then the item the words name, then the item of the page.
    """
    if asked is None:
        return None
    item = item_asked(asked, catalogue)
    named = window_named(asked.owner, catalogue.windows, own)
    if named is not None:
        todo = asked.topic or (item.short if item is not None else "")
        return Goal(named, _business(catalogue, named, item), todo)
    return None if item is None else _taking(item, catalogue, own)


def item_asked(asked: Asked, catalogue: Catalogue) -> Item | None:
    """Return the item the topic names, the one with the longest name first, else the item of the page."""
    names = sorted(((name, each) for each in catalogue.items.values() for name in (each.name, each.short)), key=_length)
    named = next((each for name, each in names if name in asked.topic), None)
    return named or catalogue.items.get(asked.item_id)


def _length(named: tuple[str, Item]) -> int:
    return -len(named[0])


def _taking(item: Item, catalogue: Catalogue, own: str) -> Goal | None:
    """Return where the item is taken: whoever may do most with it; never a window that may do less than this one."""
    here = catalogue.authority(own, item.id)
    order = list(Authority)
    best: tuple[int, Window] | None = None
    for window in catalogue.windows.values():
        may = catalogue.authority(window.number, item.id)
        if may is not None and window.number != own and (best is None or order.index(may) > best[0]):
            best = order.index(may), window
    if best is None or (here is not None and best[0] < order.index(here)):
        return None
    reach, window = best
    elsewhere = here is None or reach > order.index(here)
    there = _business(catalogue, window.number, item)
    return Goal(window.number, there, item.short, urged=elsewhere, anywhere=bool(there))


def _business(catalogue: Catalogue, window: str, item: Item | None) -> str:
    """Return the business of the window that the item belongs to, else its first; empty where it calls none."""
    there = catalogue.businesses_at_window(window)
    fitting = (each.code for each in there if item is not None and item.id in each.items)
    return next(fitting, there[0].code if there else "")
