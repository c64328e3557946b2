"""Numbers of a window's own series, for citizens who come without a ticket: ``W07-001`` (sync.md section 2, rule 7).

The series bears the counter's registration number, which is never given twice, so that no two windows and no two lives
of one machine can make the same number, connected or not.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.domain.ticket import Ticket

BUSINESS = ""
"""A walk-in ticket stands for no business: any item of the window may be done."""
LAST_SEQUENCE = 9999

_NUMBER = re.compile(r"W([0-9]{2,4})-([0-9]{3,4})")


def walk_in_series(today: date) -> str:
    """Return the name of the series of that day."""
    return f"walk_in/{today:%Y%m%d}"


def walk_in_number(counter: str, sequence: int) -> str:
    """Return the number as it is shown; ``counter`` is the registration number of four digits.

    Raises:
        ValueError: the sequence is out of range, or the counter is no registration number.
    """
    if not 1 <= sequence <= LAST_SEQUENCE:
        raise ValueError("a walk-in number counts 1 to 9999")
    return f"W{int(counter):02}-{sequence:03}"


def lined_up(ticket: Ticket, calls: Mapping[str, Sequence[str]]) -> Ticket:
    """Return a ticket as one that may wait; ``calls`` says which businesses each window calls.

    A walk-in's was served without a line. Where it shall wait after all, it stands in the first line its window calls;
    where that window calls none it stays as it is, and is served when it is presented.
    """
    if ticket.business != BUSINESS:
        return ticket
    return replace(ticket, business=next(iter(calls.get(ticket.window or "", ())), BUSINESS))


def of_own_series(number: str, counter: str) -> bool:
    """Say whether the number is one that this counter makes."""
    match = _NUMBER.fullmatch(number)
    return match is not None and int(match[2]) > 0 and number == walk_in_number(counter, int(match[2]))
