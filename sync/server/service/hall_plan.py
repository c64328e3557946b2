"""The part of a published catalogue the queue needs: which window calls which business, and which priorities exist."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ALL_ITEMS = "*"


@dataclass(frozen=True, slots=True)
class HallPlan:
    """``businesses`` maps code to name, ``calls`` a window to the businesses it calls, in published order."""

    businesses: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    priorities: frozenset[str] = frozenset()

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
        priorities=frozenset(each["code"] for each in document["priorities"]),
    )


def window_numbers(document: Mapping[str, Any]) -> list[str]:
    """Return the numbers of all windows, in published order."""
    return [number for group in document["windows"] for number in group["numbers"]]
