"""并联审批: a project in stages one after the other, and the days they end on (domain rules I53, I58)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from app.domain import deadline
from app.domain.calendar import WorkCalendar
from app.domain.deadline import Due
from app.domain.limit_unit import LimitUnit


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: ``lead`` closes it within ``limit`` working days; ``office`` is the lead's short name."""

    n: int
    name: str
    lead: str
    office: str
    limit: int


@dataclass(frozen=True, slots=True)
class Theme:
    """A published theme; ``days`` working days in all."""

    id: str
    name: str
    days: int
    stages: tuple[Stage, ...]


def themes_of(document: Mapping[str, Any]) -> tuple[Theme, ...]:
    """Return the themes of a catalogue document that passed the publish gate."""
    return tuple(
        Theme(
            each["id"],
            each["name"],
            each["days"],
            tuple(Stage(s["n"], s["name"], s["lead"], s["office"], s["limit"]) for s in each["stages"]),
        )
        for each in document.get("themes", ())
    )


def stage_ends(theme: Theme, registered: date, calendar: WorkCalendar) -> tuple[Due, ...]:
    """Return the last day of each stage where one begins on the day after the other ended; the last ends the whole.

    Raises:
        LimitRefusedError: a published length cannot be counted.
    """
    so_far = accumulate(each.limit for each in theme.stages)
    return tuple(deadline.due(registered, days, LimitUnit.WORKING_DAYS, calendar) for days in so_far)
