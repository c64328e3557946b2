"""What the publish gate asks of a licence that several departments handle together (Licensing Law art. 42(2)).

Joint handling takes at most 45 working days, and is extended once by at most 15: no item may publish more.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.catalogue.item import JOINT_FLAG, LICENCE
from app.domain.catalogue.problem import GateCode, Path, Problem, problem
from app.domain.limit_unit import LimitUnit

MOST_DAYS, MOST_MORE = 45, 15


def joint_within_law(item: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """Neither limit of a joint licence is longer than the law allows, nor its extension."""
    if item["type"] != LICENCE or JOINT_FLAG not in item.get("flags", ()):
        return
    for key in ("statutory_limit", "promised_limit"):
        yield from _longer(item[key], (*path, key), MOST_DAYS)
    more = item["statutory_limit"].get("extension")
    if more:
        yield from _longer(more, (*path, "statutory_limit", "extension"), MOST_MORE)


def _longer(limit: Mapping[str, Any], path: Path, most: int) -> Iterator[Problem]:
    counted = limit["unit"] == LimitUnit.WORKING_DAYS and limit["days"] is not None
    if counted and limit["days"] > most:
        yield problem((*path, "days"), GateCode.JOINT_TOO_LONG, days=limit["days"], most=most)
