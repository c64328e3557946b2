"""Laws are library entries with dates, so that a repealed one cannot be cited (domain rule I15)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Law:
    """A law, regulation or rule that items may cite.

    ``effective`` is None where the day it came into force is older than the library;
    from ``expires`` on, no decision may cite it.
    """

    id: str
    title: str
    doc_no: str = ""
    effective: date | None = None
    expires: date | None = None
    replaced_by: str | None = None

    def in_force(self, on: date) -> bool:
        """Say whether a decision of that day may cite this law."""
        begun = self.effective is None or self.effective <= on
        return begun and (self.expires is None or on < self.expires)


@dataclass(frozen=True, slots=True)
class Citation:
    """What an item rests on: a law of the library, the articles, and their gist in one sentence."""

    law: str
    article: str
    gist: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """Where a citizen turns against a negative outcome (administrative review and suit).

    ``review_days`` counts in ``review_unit`` (CD: calendar days), ``suit_months`` in calendar months.
    """

    id: str
    review_org: str
    review_days: int
    review_unit: str
    court: str
    suit_months: int
    basis: str
