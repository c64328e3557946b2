"""What a hall publishes about the order of its line: weights of priorities, alternation, ageing (domain rule L12)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class QueueRules:
    """``weights`` maps a priority's code to how early it comes: the higher first, 1 where none is given.

    ``ordinary_after``: after so many tickets with a priority in a row one without is called (1:N); None never does.
    ``ageing_minutes``: who waited so long comes before every weight, by age; None never does.
    Without any of them those with a priority come first, and then age decides.
    """

    weights: Mapping[str, int] = field(default_factory=dict)
    ordinary_after: int | None = None
    ageing_minutes: int | None = None

    def weight(self, priority: str | None) -> int:
        """Return how early a ticket comes by its priority: 0 without one."""
        return 0 if priority is None else self.weights.get(priority, 1)


def rules_of(document: Mapping[str, Any]) -> QueueRules:
    """Read the rules from a catalogue document that passed the publish gate; a document may have none."""
    return QueueRules(**document.get("queue", {}))
