"""One published version of everything the counter may offer, with the look-ups the rest of the product needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.catalogue.item import Item
from app.domain.catalogue.law import Law, Remedy
from app.domain.catalogue.organisation import (
    ALL_ITEMS,
    Authority,
    Business,
    Center,
    Department,
    Priority,
    Staff,
    Window,
)
from app.domain.floor import Thresholds
from app.domain.queue_rules import QueueRules
from app.domain.supervision import Rules


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A version of the catalogue; mappings are keyed by id, code or number, in published order.

    ``document`` is the plain JSON value it was built from: what is stored and sent.
    """

    version: int
    effective_from: date
    center: Center
    laws: Mapping[str, Law]
    departments: Mapping[str, Department]
    windows: Mapping[str, Window]
    businesses: Mapping[str, Business]
    priorities: Mapping[str, Priority]
    staff: Mapping[str, Staff]
    remedies: Mapping[str, Remedy]
    items: Mapping[str, Item]
    document: Mapping[str, Any]
    queue: QueueRules = field(default_factory=QueueRules)
    floor: Thresholds = field(default_factory=Thresholds)
    cards: Rules = field(default_factory=Rules)

    def items_of_business(self, code: str) -> tuple[Item, ...]:
        """Return the items a ticket of that business may be about, in published order."""
        business = self.businesses.get(code)
        return self._items(business.items) if business else ()

    def items_at_window(self, number: str) -> tuple[Item, ...]:
        """Return the items a window serves, in published order."""
        window = self.windows.get(number)
        return self._items(window.items) if window else ()

    def businesses_at_window(self, number: str) -> tuple[Business, ...]:
        """Return the businesses whose tickets that window calls."""
        return tuple(each for each in self.businesses.values() if number in each.windows)

    def qualified(self, staff_number: str, item_id: str) -> bool:
        """Say whether a person may handle an item."""
        person = self.staff.get(staff_number)
        return person is not None and (ALL_ITEMS in person.items or item_id in person.items)

    def authority(self, window_number: str, item_id: str) -> Authority | None:
        """Return the most that window may do with that item; None when it does not serve it."""
        window, item = self.windows.get(window_number), self.items.get(item_id)
        if window is None or item is None or not (ALL_ITEMS in window.items or item_id in window.items):
            return None
        return item.delegated.within(window.authority)

    def lapsed_basis(self, item: Item, on: date) -> Law | None:
        """Return a cited law that is not in force that day: the item is then locked (domain rule I15)."""
        cited = (self.laws[each.law] for each in item.legal_basis)
        return next((law for law in cited if not law.in_force(on)), None)

    def _items(self, ids: Iterable[str]) -> tuple[Item, ...]:
        wanted = set(ids)
        return tuple(each for each in self.items.values() if ALL_ITEMS in wanted or each.id in wanted)
