"""未满十四周岁: what is sensitive of a child is taken in with the guardian's separate consent only, on record.

Source: Personal Information Protection Law arts. 28, 29, 31; domain.md rule L13 and section 9.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.business_day import business_date
from app.domain.person import Person

AGE = 14
"""Whoever is younger is a child here."""
FULL_AGE = 18
PUBLICITY = "公示"
"""In the name of an event: a minor's name is, as a rule, not made public (domain rule L23)."""
SCOPE = "孩子的身份信息和材料，只用于办理本事项"
"""What the guardian was told, and agreed to."""

_NUMBER_LENGTH = 18
_BIRTH = slice(6, 14)


def is_child(person: Person | None) -> bool:
    """Say whether somebody was a child on the day their data was taken; nobody is where no birth date is known."""
    return _younger(person, AGE)


def is_minor(person: Person | None) -> bool:
    """Say whether somebody was under age on the day their data was taken."""
    return _younger(person, FULL_AGE)


def consent_record(consent_ms: int | None) -> Mapping[str, Any] | None:
    """Return how a case keeps the consent: when the guardian gave it, UTC milliseconds, and to what."""
    return None if consent_ms is None else {"at_ms": consent_ms, "scope": SCOPE}


def consented_ms(record: Mapping[str, Any] | None) -> int | None:
    """Return when the consent that a case keeps was given."""
    return None if record is None else int(record["at_ms"])


def _younger(person: Person | None, years: int) -> bool:
    born = None if person is None else _born(person)
    if person is None or born is None:
        return False
    today = business_date(person.read_at_ms)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < years


def _born(person: Person) -> date | None:
    number = person.number
    text = person.birth_date or (number[_BIRTH] if len(number) == _NUMBER_LENGTH else "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
