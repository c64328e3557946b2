"""The part of a published catalogue the floor manager's view needs: themes, who may take over what, and the limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.catalogue.item import CaseType
from app.domain.floor import Thresholds, limits_of
from app.domain.supervision import Rules, rules_of_cards

_EVERYTHING = frozenset({"*"})


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """``may`` maps a window to the businesses all of whose items it handles.

    ``items`` and ``departments`` map an id to its name, ``instant`` are the items that are 即办件. ``closes`` is the
    end of the last opening hours, HH:MM, empty where none are published.
    """

    centre: str = ""
    closes: str = ""
    themes: Mapping[str, str] = field(default_factory=dict)
    may: Mapping[str, frozenset[str]] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    instant: frozenset[str] = frozenset()
    departments: Mapping[str, str] = field(default_factory=dict)
    limits: Thresholds = field(default_factory=Thresholds)
    cards: Rules = field(default_factory=Rules)
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Item to the published limits of its steps, in their order."""


def floor_plan_of(document: Mapping[str, Any]) -> FloorPlan:
    """Read the plan from a document that passed the publish gate; parts that are not there stay empty."""
    centre = document.get("center", {})
    hours = centre.get("hours", [])
    groups = {number: each for each in document["windows"] for number in each["numbers"]}
    return FloorPlan(
        centre=centre.get("name", ""),
        closes=hours[-1][1] if hours else "",
        themes={number: each.get("theme", "") for number, each in groups.items()},
        may={number: _may(number, each, document["businesses"]) for number, each in groups.items()},
        items={each["id"]: each["name"] for each in document.get("items", ())},
        instant=frozenset(
            each["id"] for each in document.get("items", ()) if each["case_type"] == CaseType.INSTANT.value
        ),
        departments={each["id"]: each["name"] for each in document.get("departments", ())},
        limits=limits_of(document),
        cards=rules_of_cards(document),
        steps={each["id"]: tuple(step["limit"] for step in each["steps"]) for each in document.get("items", ())},
    )


def _may(number: str, group: Mapping[str, Any], businesses: list[Mapping[str, Any]]) -> frozenset[str]:
    handled = frozenset(group.get("items", ()))
    return frozenset(
        each["code"]
        for each in businesses
        if handled >= _EVERYTHING or (each.get("items") and set(each["items"]) <= handled) or number in each["windows"]
    )
