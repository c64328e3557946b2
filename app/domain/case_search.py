"""What a case is found by in the F7 box, and what is asked for there (design.md section 7.4).

A case has words, the box has tokens; a token finds every word it begins. Tokens may stand in any order: initials of
item or name, a piece of the case number, the last four of identity number or phone, a date as MMDD.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from unicodedata import normalize

from app.domain.case import Case

MAX_TYPED = 80
"""Characters of the box that are looked at."""
MAX_TOKENS = 6
FEWEST_TOKENS = 2
FEWEST_DIGITS = 4
"""Fewer tokens than two, or fewer digits than four, list nobody: persons are not browsed."""
KEPT_DAYS = 30
"""A counter finds its ended cases for so many days (design.md decision 13)."""
TAIL = 4
"""Characters at the end of an identity or phone number that a person is found by."""

SCANNED = "zw1:"
"""How the code on a receipt begins."""

_MONTH = 4
"""Where month and day begin in a date of eight digits."""

Readings = Callable[[str], Sequence[Sequence[str]]]
"""For each character its readings without tones in ``a``-``z``, the most usual first; a sign has none."""


def tokens(typed: str) -> tuple[str, ...]:
    """Return what is asked for, small letters and digits only; empty while it would list too much."""
    plain = normalize("NFKC", typed[:MAX_TYPED]).lower().strip().removeprefix(SCANNED)
    found = tuple(filter(None, (re.sub(r"[^0-9a-z]", "", each) for each in plain.split())))[:MAX_TOKENS]
    exact = any(sum(sign.isdigit() for sign in each) >= FEWEST_DIGITS for each in found)
    return found if exact or len(found) >= FEWEST_TOKENS else ()


def case_words(case: Case, read: Readings) -> str:
    """Return the words of a case, parted by blanks, in a fixed order."""
    persons = [each for each in (case.applicant, case.agent) if each is not None]
    return words_of(case.item_name, case.case_no, persons, read)


def words_of(item_name: str, case_no: str, persons: Sequence[Mapping[str, Any]], read: Readings) -> str:
    """Return the same from the parts of a case that are looked at; ``persons`` as ``Person.to_json`` gives them."""
    found = [*initials(item_name, read), *_number_words(case_no)]
    for person in persons:
        found += _person_words(person, read)
    return " ".join(dict.fromkeys(found))


def initials(text: str, read: Readings) -> tuple[str, ...]:
    """Return the initials of a text, once for every reading of its first character (解 is xie or jie)."""
    known = [each for each in read(text) if each]
    if not known:
        return ()
    rest = "".join(each[0][0] for each in known[1:])
    return tuple(dict.fromkeys(each[0] + rest for each in known[0]))


def _number_words(case_no: str) -> Iterator[str]:
    """Yield the digits of a case number from each of its parts to the end, and from the month of its date."""
    parts = case_no.split("-")
    for at, part in enumerate(parts[:-1]):
        rest = "".join(parts[at + 1 :])
        yield part + rest
        if len(part) > 2 * _MONTH - 1:
            yield part[_MONTH:] + rest
        elif at == len(parts) - 2 and part.lstrip("0"):
            yield part.lstrip("0") + rest


def _person_words(person: Mapping[str, Any], read: Readings) -> Iterator[str]:
    yield from initials(str(person.get("name", "")), read)
    for name in ("number", "phone"):
        tail = str(person.get(name) or "")[-TAIL:].lower()
        if len(tail) == TAIL and tail.isalnum() and tail.isascii():
            yield tail
