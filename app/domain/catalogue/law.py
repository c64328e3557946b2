"""Laws are library entries with dates, so that a repealed one cannot be cited (domain rule I15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

STATE = "中华人民共和国"
"""What a citation of a law may leave out of its title."""


@dataclass(frozen=True, slots=True)
class Article:
    """The text of one article (第三十二条) as promulgated; only what a centre loaded is there."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Law:
    """A law, regulation or rule that items may cite.

    ``effective`` is None where the day it came into force is older than the library;
    from ``expires`` on, no decision may cite it. ``articles`` hold the texts that were loaded, in their order.
    """

    id: str
    title: str
    doc_no: str = ""
    effective: date | None = None
    expires: date | None = None
    replaced_by: str | None = None
    amended: date | None = None
    articles: tuple[Article, ...] = ()

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


def law_named(basis: str, titles: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the id of the law that a basis (道路运输条例第二十四条第三款) begins with, and the article behind it.

    ``titles`` are those of the library by id; None where the basis begins with none of them.
    """
    spelled = [(spelling, key) for key, title in titles.items() for spelling in (title, title.removeprefix(STATE))]
    for spelling, key in sorted(spelled, key=lambda each: -len(each[0])):
        if basis.startswith(spelling):
            return key, basis.removeprefix(spelling)
    return None


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
