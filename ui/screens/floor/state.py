"""What the manager's presenter knows at one moment; the view is a pure function of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from sync.client.floor import FloorNews
from ui.screens.floor.ledger_state import LedgerState


class Question(StrEnum):
    """What a function key asks."""

    OPEN = "open"
    ASSIGN = "assign"
    FIRST = "first"
    REASON = "reason"
    TELL = "tell"
    NOTICE = "notice"
    REHOME = "rehome"
    FIND = "find"
    BLOCK = "block"
    FENCE = "fence"
    CARD = "card"
    CARD_HANDLED = "card_handled"
    CARD_WITHDRAWN = "card_withdrawn"


class Sheet(StrEnum):
    """What lies over the hall."""

    HELP = "help"
    CARDS = "cards"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Ask:
    """The open question with what is typed so far; ``ticket`` is the number a reason is asked for, or looked for.

    ``window`` is the one that is to be closed, or was looked at; ``card`` the id of the card that is answered.
    """

    question: Question
    typed: str = ""
    ticket: str = ""
    window: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class FloorViewState:
    """Everything the window is drawn from. Times are UTC milliseconds.

    ``heard_ms`` is when the server answered last; ``message`` a code of the message table, ``said`` a sentence that
    tells what was just done. ``sheet`` lies over the hall; ``expired_seen`` acts of an earlier day were acknowledged;
    ``ledgers`` is how far the page of figures is opened, ``only_ledgers`` that there is nothing else (a supervisor's).
    """

    now_ms: int
    manager: str = ""
    news: FloorNews = field(default_factory=FloorNews)
    heard_ms: int | None = None
    ask: Ask | None = None
    sheet: Sheet | None = None
    message: str = ""
    place: str = ""
    said: str = ""
    expired_seen: int = 0
    ledgers: LedgerState = field(default_factory=LedgerState)
    only_ledgers: bool = False
