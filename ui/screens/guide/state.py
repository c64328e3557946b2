"""What the guide desk's presenter knows at one moment; the view is a pure function of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtGui import QImage

from app.domain.paper.blocks import Document
from printing.errors import PrinterReason
from sync.client.guide import GuideNews


class Question(StrEnum):
    """What is being typed."""

    ISSUE = "issue"
    REVIVE = "revive"
    FIRST = "first"
    REASON = "reason"
    FIND = "find"


@dataclass(frozen=True, slots=True)
class Ask:
    """The open question. ``typed`` is a number, or a business with the digit of its priority (``a1``).

    ``number`` is the one a reason is asked for.
    """

    question: Question
    typed: str = ""
    number: str = ""


class Print(StrEnum):
    """How the paper at the right stands."""

    SHOWN = "shown"
    PRINTING = "printing"
    PRINTED = "printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, repr=False)
class NumberShown:
    """The number at the right with its paper; ``reprint`` counts 补打, ``job`` is the spool's."""

    number: str
    document: Document
    print: Print = Print.SHOWN
    reprint: int = 0
    job: str = ""
    picture: QImage | None = field(default=None, compare=False)
    picture_key: str = ""


@dataclass(frozen=True, slots=True)
class GuideViewState:
    """Everything the window is drawn from. Times are UTC milliseconds.

    ``heard_ms`` is when the server answered last; ``message`` a code of the message table with ``place``, ``said`` a
    sentence that tells what was just done. ``printer`` is what it cannot print for, ``printer_known`` whether it ever
    said anything.
    """

    now_ms: int
    guide: str = ""
    news: GuideNews = field(default_factory=GuideNews)
    heard_ms: int | None = None
    ask: Ask | None = None
    helping: bool = False
    message: str = ""
    place: str = ""
    said: str = ""
    shown: NumberShown | None = None
    printer: PrinterReason | None = None
    printer_known: bool = False
    near_end: bool = False

    @property
    def live(self) -> bool:
        """Say whether acts are possible: the server answers and knows who sits here."""
        return self.news.state is not None and not self.news.offline and not self.news.refused
