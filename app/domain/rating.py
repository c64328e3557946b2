"""好差评: five grades, voluntary, one rating for one service (国办发〔2019〕51号; design/README.md, 6)."""

import hashlib
from enum import IntEnum, StrEnum

VALID_MS = 7 * 24 * 60 * 60 * 1000
"""How long after the acceptance a rating is taken."""
MAX_COMMENT = 200
"""Characters (code points) of the comment."""


class Grade(IntEnum):
    """The five fixed grades as stars; nothing said is no grade, never 满意."""

    VERY_SATISFIED = 5
    SATISFIED = 4
    FAIRLY_SATISFIED = 3
    DISSATISFIED = 2
    VERY_DISSATISFIED = 1


class Way(StrEnum):
    """Where at the counter a grade was given; the citizen's phone speaks to the server itself."""

    KEYPAD = "keypad"
    SCREEN = "screen"


def rating_mark(token: str) -> str:
    """Return what stands for a rating token wherever it is kept: its SHA-256, from which nobody makes the token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def clean_comment(text: str) -> str:
    """Return the comment as it is kept: printable signs and single spaces only, no longer than allowed."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())[:MAX_COMMENT]
