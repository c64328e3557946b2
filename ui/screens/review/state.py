"""What the reviewer's presenter knows at one moment; the view is a pure function of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtGui import QImage

from app.domain.case import Case
from app.domain.link import LinkStatus
from app.domain.work.card import WorkCard
from app.usecases.decide_case import Denial
from ui.screens.review.facts import Facts


class Question(StrEnum):
    """What is being asked above the keys."""

    GRANT = "grant"
    CONDITIONS = "conditions"
    FACTS = "facts"
    DENY = "deny"
    ORGAN = "organ"
    CONTACT = "contact"
    NOTE = "note"
    RESULT = "result"
    SCAN = "scan"
    STOP_WAY = "stop_way"
    STOP_DAYS = "stop_days"
    STOP_NOW = "stop_now"
    RESUME = "resume"
    EXTEND_WHY = "extend_why"
    EXTEND_WHO = "extend_who"
    EXTEND_WORD = "extend_word"
    SHORT = "short"
    NOTICE = "notice"
    GROUND = "ground"
    OFFICE = "office"
    PHONED = "phoned"
    WHY = "why"
    REFUSE = "refuse"
    START = "start"
    CONFLICT = "conflict"


EDITED = {Question.FACTS, Question.ORGAN, Question.NOTE, Question.RESULT, Question.SCAN, Question.STOP_DAYS}
"""The questions that are answered in words."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The open question about one case: ``unmet`` conditions chosen, ``words`` typed, ``way`` a digit chosen before.

    ``kept`` are the words of the questions before it; it has no word in its repr, for one may be a password.
    ``card`` is the page of a case that is being answered.
    """

    question: Question
    case_id: str
    unmet: tuple[int, ...] = ()
    words: str = field(default="", repr=False)
    way: int = 0
    kept: tuple[str, ...] = ()
    card: WorkCard | None = field(default=None, repr=False)

    @property
    def denial(self) -> Denial | None:
        """What the reviewer would say of a denial."""
        return Denial(self.unmet, self.words) if self.unmet and self.words.strip() else None


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """The page at the right; ``key`` names what it shows, ``code`` why there is none."""

    key: str
    picture: QImage | None = field(default=None, compare=False)
    code: str = ""


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Everything the window is drawn from; ``now_ms`` UTC milliseconds.

    ``clerk`` is the reviewer's name, ``number`` theirs; ``chosen`` is the case in the centre; ``message`` a code of
    the message table with ``place``, ``said`` a sentence that tells what was just done.
    """

    now_ms: int
    clerk: str = ""
    number: str = ""
    window: str = ""
    department: str = ""
    printer: str = ""
    link: LinkStatus = field(default_factory=LinkStatus)
    facts: Facts | None = None
    chosen: str = ""
    ask: Ask | None = None
    helping: bool = False
    turned: bool = False
    busy: bool = False
    sheet: Sheet | None = None
    message: str = ""
    place: str = ""
    said: str = ""

    @property
    def case(self) -> Case | None:
        """The case in the centre."""
        return self.facts.case(self.chosen) if self.facts is not None else None
