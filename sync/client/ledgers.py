"""The ledgers from a manager's desk: questions are answered one after the other on a thread of their own."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import quote

from app.ports.clock import Clock
from app.ports.exports import ExportFault, ExportFolder
from sync.client.ending import ended
from sync.client.http import HttpCentralServer
from sync.protocol.case_messages import CaseSeen
from sync.protocol.interface import Refused, Unreachable
from sync.protocol.ledger_messages import LedgerPage, Ledgers

logger = logging.getLogger(__name__)

OFFLINE = "ledger_offline"
UNKEPT = "ledger_unkept"


class What(StrEnum):
    """What can be asked."""

    FIGURES = "figures"
    ROWS = "rows"
    CASE = "case"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class LedgerQuestion:
    """Days are ISO, both included; ``subject`` is the ledger, or the case.

    ``form`` of a file is csv or xlsx, ``title`` what it is called.
    """

    what: What
    first: str = ""
    last: str = ""
    subject: str = ""
    kind: str = ""
    item: str = ""
    after: str = ""
    form: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class LedgerAnswer:
    """What came of a question: one of the values, or ``trouble``, a code of the message table.

    ``place`` is where a file was kept, or could not be.
    """

    question: LedgerQuestion
    figures: Ledgers | None = None
    page: LedgerPage | None = None
    case: CaseSeen | None = None
    place: str = ""
    trouble: str = ""


class LedgerSource(Protocol):
    """The server's answers; each method raises ``Refused`` and ``Unreachable``."""

    def figures(self, asked: LedgerQuestion) -> Ledgers:
        """Return every ledger in figures."""
        ...

    def rows(self, asked: LedgerQuestion) -> LedgerPage:
        """Return rows of one ledger."""
        ...

    def case(self, asked: LedgerQuestion) -> CaseSeen:
        """Return one case."""
        ...

    def file(self, asked: LedgerQuestion) -> bytes:
        """Return a ledger as a file."""
        ...


class HttpLedgers(HttpCentralServer):
    """Implements ``LedgerSource`` over HTTP, by the session of who is signed in at this hall's desk."""

    answer_s = 60.0

    def __init__(self, base_url: str, token: str, clock: Clock, hall: str) -> None:
        super().__init__(base_url, token, clock)
        self.hall = hall

    def figures(self, asked: LedgerQuestion) -> Ledgers:
        """See ``LedgerSource``."""
        return self._get(f"/v1/halls/{self.hall}/ledgers", _days(asked), Ledgers)

    def rows(self, asked: LedgerQuestion) -> LedgerPage:
        """See ``LedgerSource``."""
        query = {**_filter(asked), **({"after": asked.after} if asked.after else {})}
        return self._get(f"/v1/halls/{self.hall}/ledgers/{quote(asked.subject, safe='')}", query, LedgerPage)

    def case(self, asked: LedgerQuestion) -> CaseSeen:
        """See ``LedgerSource``."""
        return self._get(f"/v1/halls/{self.hall}/cases/{quote(asked.subject, safe='')}", {}, CaseSeen)

    def file(self, asked: LedgerQuestion) -> bytes:
        """See ``LedgerSource``."""
        name = f"{quote(asked.subject, safe='')}.{asked.form}"
        _, content = self._ask("GET", f"/v1/halls/{self.hall}/ledgers/{name}", params=_filter(asked))
        return content


def answer(source: LedgerSource, folder: ExportFolder, asked: LedgerQuestion) -> LedgerAnswer:
    """Ask the server, keep a file in the folder, and say what came of it; a refusal is an answer too."""
    try:
        return _answered(source, folder, asked)
    except Unreachable:
        return LedgerAnswer(asked, trouble=OFFLINE)
    except Refused as refused:
        return LedgerAnswer(asked, trouble=refused.code)
    except ExportFault as fault:
        logger.warning("ledgers.unkept")
        return LedgerAnswer(asked, trouble=UNKEPT, place=fault.place)


def _answered(source: LedgerSource, folder: ExportFolder, asked: LedgerQuestion) -> LedgerAnswer:
    match asked.what:
        case What.FIGURES:
            return LedgerAnswer(asked, figures=source.figures(asked))
        case What.ROWS:
            return LedgerAnswer(asked, page=source.rows(asked))
        case What.CASE:
            return LedgerAnswer(asked, case=source.case(asked))
        case What.EXPORT:
            return LedgerAnswer(asked, place=folder.keep(_file_name(asked), source.file(asked)))


class LedgerWorker:
    """One thread; ``tell`` is called from it with every answer."""

    def __init__(self, source: HttpLedgers, folder: ExportFolder, tell: Callable[[LedgerAnswer], None]) -> None:
        self._source = source
        self._folder = folder
        self._tell = tell
        self._questions: queue.SimpleQueue[LedgerQuestion | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ledgers", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def ask(self, question: LedgerQuestion) -> None:
        """Answer this as soon as those before it are answered."""
        self._questions.put(question)

    def stop(self) -> None:
        """End after the question that is under way."""
        self._stopping.set()
        self._questions.put(None)
        ended(self._thread)
        self._source.close()

    def _run(self) -> None:
        while (question := self._questions.get()) is not None and not self._stopping.is_set():
            answered = answer(self._source, self._folder, question)
            if not self._stopping.is_set():
                self._tell(answered)


def _days(asked: LedgerQuestion) -> dict[str, str | int]:
    return {"first": asked.first, "last": asked.last}


def _filter(asked: LedgerQuestion) -> dict[str, str | int]:
    named = (("kind", asked.kind), ("item", asked.item))
    return {**_days(asked), **{name: value for name, value in named if value}}


def _file_name(asked: LedgerQuestion) -> str:
    days = asked.first if asked.first == asked.last else f"{asked.first}至{asked.last}"
    title = "".join(sign for sign in asked.title or asked.subject if sign.isalnum() or sign in "（）-")
    return f"{title}-{days}.{asked.form}"
