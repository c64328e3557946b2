"""Items and the laws they rest on, by date: what is locked today, what has to be revised before it will be (I15)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.law import Law


@dataclass(frozen=True, slots=True)
class Lapse:
    """An item cites a law that ends: from ``law.expires`` on it is locked. ``successor`` is offered in its place."""

    item: Item
    law: Law
    articles: tuple[str, ...]
    successor: Law | None

    def locked(self, on: date) -> bool:
        """Say whether a decision of that day may not be made under this item any more."""
        return not self.law.in_force(on)


def lapse_of(catalogue: Catalogue, item: Item, on: date) -> Lapse | None:
    """Return why an item is locked on a day; None while all it cites is in force."""
    law = catalogue.lapsed_basis(item, on)
    return None if law is None else _lapse(catalogue, item, law)


def to_revise(catalogue: Catalogue) -> tuple[Lapse, ...]:
    """Return the list 待修订: every item that cites a law with a day of expiry, the earliest first."""
    ending = [
        _lapse(catalogue, item, law)
        for item in catalogue.items.values()
        for law in _cited(catalogue, item)
        if law.expires is not None
    ]
    return tuple(sorted(ending, key=lambda each: (each.law.expires or date.max, each.item.id)))


def successor_of(catalogue: Catalogue, law: Law) -> Law | None:
    """Return the law that stands in the place of one that ended, through all that were replaced in their turn."""
    seen, following = {law.id}, law
    while following.replaced_by is not None and following.replaced_by not in seen:
        seen.add(following.replaced_by)
        following = catalogue.laws[following.replaced_by]
    return None if following is law else following


def _cited(catalogue: Catalogue, item: Item) -> Iterator[Law]:
    yield from (catalogue.laws[key] for key in dict.fromkeys(each.law for each in item.legal_basis))


def _lapse(catalogue: Catalogue, item: Item, law: Law) -> Lapse:
    articles = tuple(each.article for each in item.legal_basis if each.law == law.id)
    return Lapse(item, law, articles, successor_of(catalogue, law))


def of_the_day(catalogue: Catalogue, published: Catalogue, item: Item, on: date) -> tuple[Item, Catalogue]:
    """Return item and catalogue of a case's own version as a decision of that day sees them.

    Whether a law is in force is what the ``published`` library knows, which is newer. Where a law the item rests on has
    ended, the basis it is published with now takes its place, if that is in force; else nothing can be decided.
    """
    known = replace(catalogue, laws={**catalogue.laws, **published.laws})
    newer = published.items.get(item.id)
    if known.lapsed_basis(item, on) is None or newer is None or published.lapsed_basis(newer, on) is not None:
        return item, known
    return replace(item, legal_basis=newer.legal_basis), known
