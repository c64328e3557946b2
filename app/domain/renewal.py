"""What a person has to know of a counter's store that was made anew: what is saved, what is not, what to compare."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a store was made anew."""

    DAMAGED = "damaged"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of one renewal; shown to the clerk once, and kept.

    ``saved`` are operations that were readable and not acknowledged yet, ``missing`` the numbers of those that were not
    readable and that the server did not have either when it was asked. ``tail_unknown``: later ones may have been lost
    without a trace. ``papers`` were on their way to a printer; ``visits`` were open; ``rows_lost`` says that other
    records of the file could not be read. ``folder`` is where the old files lie. Moments in UTC milliseconds.
    """

    why: Why
    at_ms: int
    saved: int
    missing: tuple[int, ...]
    tail_unknown: bool
    papers: int
    visits: int
    rows_lost: bool
    folder: str


def without(report: Report, held_below: int) -> tuple[int, ...]:
    """Return the missing numbers that the server does not hold either, which has all below ``held_below``."""
    return tuple(each for each in report.missing if each >= held_below)
