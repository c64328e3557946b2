"""日结: the numbers a counter gave out on one business day, as it tells them when it opens the next (sync.md §3).

Case numbers run from 1 without a gap for each counter and day, and a voided receipt keeps its number. ``head`` is the
hash of the counter's last operation of the day: operations are hash-chained and signed, and every receipt is part of
one, so the head stands for all receipts before it (docs/adr/0029).
"""

import re
from dataclasses import dataclass
from datetime import date

from app.domain.serials import LAST_SEQUENCE, CaseNumber

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """Numbers ``first`` to ``last`` of a business day and ``count`` cases that bear them; None where none was taken."""

    first: int | None
    last: int | None
    count: int
    head: str

    @property
    def possible(self) -> bool:
        """Whether a counter can have given out its numbers so: from 1 on, and as many as there are cases."""
        if not _HASH.fullmatch(self.head):
            return False
        if self.first is None or self.last is None:
            return (self.first, self.last, self.count) == (None, None, 0)
        return self.first == 1 <= self.last <= LAST_SEQUENCE and 0 <= self.count <= self.last


def numbers_of(centre: str, counter: str, day: date, last: int | None) -> list[str]:
    """Return the printed case numbers a counter gave out on a day, up to the sequence ``last``.

    Raises:
        InvalidSerialError: centre or counter is no code of four digits.
    """
    return [str(CaseNumber(centre, counter, day, sequence)) for sequence in range(1, (last or 0) + 1)]
