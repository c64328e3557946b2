"""How the number of a ticket is written: a business letter and three or four digits, or a window's own series."""

import re
import unicodedata

ANY = r"[A-HJ-NPR-Z][0-9]{3,4}|W[0-9]{2,4}-[0-9]{3,4}"
"""A regular expression for both: ``A012``, and ``W07-001`` of window computer 7 (``app.domain.walk_in``)."""

_WHOLE = re.compile(ANY)
_WITHOUT_DASH = re.compile(r"W([0-9]{2,4})([0-9]{3})")
_MAX_TYPED = 16


def typed_number(typed: str) -> str | None:
    """Return the number as it is printed, None where it is none.

    Full-width letters of an input method and small letters are welcome; ``w07001`` is W07-001, for no business has
    numbers of five digits.
    """
    number = unicodedata.normalize("NFKC", typed[:_MAX_TYPED]).strip().upper()
    if _WHOLE.fullmatch(number):
        return number
    own = _WITHOUT_DASH.fullmatch(number)
    return f"W{own[1]}-{own[2]}" if own else None
