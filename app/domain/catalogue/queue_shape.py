"""The part of a catalogue document that rules the line: its shape, and what must hold within it (domain rule L12)."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.catalogue.problem import GateCode, Problem, problem
from app.domain.catalogue.shape import Record, Table, Whole

MAX_WEIGHT = 9
MAX_IN_A_ROW = 20
MAX_AGEING_MINUTES = 240

QUEUE = Record(
    {},
    {
        "weights": Table(Whole(1, MAX_WEIGHT), 20, key=r"[a-z][a-z0-9_]{0,31}"),
        "ordinary_after": Whole(1, MAX_IN_A_ROW),
        "ageing_minutes": Whole(1, MAX_AGEING_MINUTES),
    },
)
"""``queue`` of the document, which may be left out; ``app.domain.queue_rules.QueueRules`` has the same names."""


def queue_is_fair(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Weights are of published priorities, and where they differ age must count: else the lowest may wait for ever."""
    weights: Mapping[str, int] = document.get("queue", {}).get("weights", {})
    priorities = {each["code"] for each in document["priorities"]}
    for code in weights:
        if code not in priorities:
            yield problem(("queue", "weights", code), GateCode.UNKNOWN_REFERENCE, name=code)
    unequal = {weights.get(code, 1) for code in priorities}
    if len(unequal) > 1 and "ageing_minutes" not in document["queue"]:
        yield problem(("queue", "weights"), GateCode.WEIGHTS_NEED_AGEING)
