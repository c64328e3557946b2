"""好差评: five grades, voluntary, one rating for one service (国办发〔2019〕51号; design/README.md, 6)."""

from enum import IntEnum

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


def clean_comment(text: str) -> str:
    """Return the comment as it is kept: printable signs and single spaces only, no longer than allowed."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())[:MAX_COMMENT]
