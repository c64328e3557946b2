"""The part of a published catalogue the queue needs: which window calls which business, and which priorities exist."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.catalogue.organisation import PICKUP_KIND
from app.domain.queue_rules import QueueRules, rules_of
from sync.server.service.contacts import Contacts, contacts_of
from sync.server.service.floor_plan import FloorPlan, floor_plan_of

ALL_ITEMS = "*"


@dataclass(frozen=True, slots=True)
class HallPlace:
    """What a number's paper says of the place: the centre's name and telephone, and the zone of every window."""

    name: str = ""
    hall_tel: str = ""
    zones: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HallPlan:
    """``businesses`` maps code to name, ``calls`` a window to the businesses it calls, in published order.

    ``priorities`` maps code to name; ``queue`` are the published rules of the line; ``pickup`` are the windows that
    hand out what every department decided (统一出件).
    """

    businesses: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    priorities: Mapping[str, str] = field(default_factory=dict)
    queue: QueueRules = field(default_factory=QueueRules)
    place: HallPlace = field(default_factory=HallPlace)
    floor: FloorPlan = field(default_factory=FloorPlan)
    contacts: Contacts = field(default_factory=Contacts)
    pickup: frozenset[str] = frozenset()

    def windows_of(self, business: str) -> frozenset[str]:
        """Return the windows that call tickets of a business."""
        return frozenset(window for window, codes in self.calls.items() if business in codes)


def plan_of(document: Mapping[str, Any]) -> HallPlan:
    """Read the plan from a document that passed the publish gate."""
    businesses = document["businesses"]
    return HallPlan(
        businesses={each["code"]: each["name"] for each in businesses},
        calls={
            number: tuple(each["code"] for each in businesses if number in each["windows"])
            for number in window_numbers(document)
        },
        priorities={each["code"]: each["name"] for each in document["priorities"]},
        queue=rules_of(document),
        place=_place(document),
        floor=floor_plan_of(document),
        contacts=contacts_of(document),
        pickup=frozenset(
            number for group in document["windows"] if group.get("kind") == PICKUP_KIND for number in group["numbers"]
        ),
    )


def _place(document: Mapping[str, Any]) -> HallPlace:
    center = document.get("center", {})
    zones = {number: group.get("zone", "") for group in document["windows"] for number in group["numbers"]}
    return HallPlace(center.get("name", ""), center.get("hall_tel", ""), zones)


def window_numbers(document: Mapping[str, Any]) -> list[str]:
    """Return the numbers of all windows, in published order."""
    return [number for group in document["windows"] for number in group["numbers"]]
