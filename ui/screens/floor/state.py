"""What the manager's presenter knows at one moment; the view is a pure function of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from sync.client.floor import FloorNews


class Question(StrEnum):
    """What a function key asks."""

    OPEN = "open"
    ASSIGN = "assign"
    FIRST = "first"
    REASON = "reason"
    TELL = "tell"
    NOTICE = "notice"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Ask:
    """The open question with what is typed so far; ``ticket`` is the number a reason is asked for."""

    question: Question
    typed: str = ""
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class FloorViewState:
    """Everything the window is drawn from. Times are UTC milliseconds.

    ``heard_ms`` is when the server answered last; ``message`` a code of the message table, ``said`` a sentence that
    tells what was just done.
    """

    now_ms: int
    manager: str = ""
    news: FloorNews = field(default_factory=FloorNews)
    heard_ms: int | None = None
    ask: Ask | None = None
    message: str = ""
    place: str = ""
    said: str = ""
