"""What the counter knows of a rating: that somebody is asked and whether they answered, never what they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.rating import rating_mark
from app.domain.visit import Outcome, Visit
from app.ports.evaluator import Evaluator
from app.ports.spool import PrintJob
from app.ports.store import Reading

INVITATION = "ZW1R:"
"""What the rating code on a paper begins with (slips.md section 0)."""


@dataclass(frozen=True, slots=True)
class RatingPlace:
    """Where citizens rate at this window: a keypad, a screen by its number from 1, or both; for ``ask_ms``."""

    keypad: Evaluator | None
    screen: int | None
    ask_ms: int


@dataclass(frozen=True, slots=True, repr=False)
class Rateable:
    """The service of this visit, by the ``token`` on its paper; ``rated`` says that it was rated here already."""

    token: str
    rated: bool


class Stage(StrEnum):
    """How far the asking is."""

    ASKING = "asking"
    GIVEN = "given"
    OVER = "over"
    """The time is over: 未评价, which is no grade."""


@dataclass(frozen=True, slots=True, repr=False)
class RatingAsk:
    """Who is asked, since when and until when; UTC milliseconds."""

    visit_id: str
    token: str
    since_ms: int
    until_ms: int
    stage: Stage = Stage.ASKING


def read_rateable(view: Reading, visit: Visit | None, jobs: Sequence[PrintJob]) -> Rateable | None:
    """Return what the newest paper of an ended visit invites to rate; None where it invites to nothing."""
    if visit is None or visit.outcome is Outcome.VOIDED:
        return None
    token = next((each for job in reversed(jobs) for each in _tokens(job.document)), None)
    return None if token is None else Rateable(token, view.is_rated(rating_mark(token)))


def _tokens(document: Any) -> list[str]:
    """Return the rating tokens among the codes of a frozen paper."""
    codes = [code for block in document.get("blocks", ()) for code in block.get("payloads", ())]
    return [code.removeprefix(INVITATION) for code in codes if code.startswith(INVITATION) and code != INVITATION]
