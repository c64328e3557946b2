"""The columns of ledgers: a Chinese head, what kind of value stands below it, and where the value comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from app.domain.business_day import CHINA
from app.domain.masking import mask_identity_number, mask_name
from sync.server.messages import text
from sync.server.service.ledgers.due_state import DueState
from sync.server.storage.ledger_sources import SourceRow

Cell: TypeAlias = str | int | None

_MINUTE_MS = 60_000
HIDDEN = "（无权查看）"
"""Stands where who asks may not see what is said of cases."""


class ColumnKind(StrEnum):
    """What stands in a column; an amount is summed, a number is not."""

    TEXT = "text"
    DAY = "day"
    TIME = "time"
    NUMBER = "number"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Facts:
    """One row with all its columns may show. ``said`` is the payload of its operation, opened.

    ``full`` shows persons unmasked, which only an export with a second person may; without ``cases`` nothing that
    is said of a case is shown at all. ``kind`` is the word for the row's kind, ``due`` how its case stands with its
    limit today.
    """

    row: SourceRow
    said: Mapping[str, Any]
    kind: str
    item: str
    department: str
    clerk: str
    full: bool = False
    cases: bool = True
    comment: str = ""
    due: DueState | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """``wide`` is its share of a hundred on the screen, 0 for what only the export and the single row show.

    ``of_case`` columns tell of persons or of what was said to them.
    """

    head: str
    cell: Callable[[Facts], Cell]
    wide: int = 0
    kind: ColumnKind = ColumnKind.TEXT
    of_case: bool = False

    def value(self, facts: Facts) -> Cell:
        """Return what stands in the column for this row."""
        return HIDDEN if self.of_case and not facts.cases else self.cell(facts)


def moment(utc_ms: int | None) -> str:
    """Return date and time in Asia/Shanghai, ISO to the second; empty for None."""
    return "" if utc_ms is None else datetime.fromtimestamp(utc_ms // 1000, CHINA).strftime("%Y-%m-%d %H:%M:%S")


def said_text(facts: Facts, *path: str) -> str:
    """Return the text at a path of the operation's payload, a list as one; empty where there is none."""
    found: Any = facts.said
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    if isinstance(found, list) and all(isinstance(each, str) for each in found):
        return "、".join(found)
    return found if isinstance(found, str) else ""


def joined(facts: Facts, *paths: tuple[str, ...]) -> str:
    """Return the texts at several paths, one behind the other."""
    return "；".join(filter(None, (said_text(facts, *each) for each in paths)))


def name_of(role: str) -> Callable[[Facts], Cell]:
    """Return the cell of a person's name."""

    def cell(facts: Facts) -> Cell:
        name = said_text(facts, role, "name")
        return name if facts.full else mask_name(name) if name else ""

    return cell


def number_of(role: str) -> Callable[[Facts], Cell]:
    """Return the cell of a person's identity number."""

    def cell(facts: Facts) -> Cell:
        number = said_text(facts, role, "number")
        return number if facts.full else mask_identity_number(number)

    return cell


def said(*path: str) -> Callable[[Facts], Cell]:
    """Return the cell of a text in the payload."""
    return lambda facts: said_text(facts, *path)


def code_word(prefix: str, *path: str) -> Callable[[Facts], Cell]:
    """Return the cell of a code in the payload, in the words of the message table."""

    def cell(facts: Facts) -> Cell:
        code = said_text(facts, *path)
        return text(f"{prefix}_{code}") if code else ""

    return cell


def _minutes_between(begun: int | None, ended: int | None) -> Cell:
    return None if begun is None or ended is None else max(0, ended - begun) // _MINUTE_MS


def _state(facts: Facts) -> Cell:
    return text(f"case_{facts.row.state}") if facts.row.state else ""


WHEN = Column("时间", lambda facts: moment(facts.row.at_ms), 17, ColumnKind.TIME)
KIND = Column("种类", lambda facts: facts.kind, 12)
NUMBER = Column("编号", lambda facts: facts.row.number, 18)
ITEM = Column("事项", lambda facts: facts.item, 18)
DEPARTMENT = Column("部门", lambda facts: facts.department)
WINDOW = Column("窗口", lambda facts: facts.row.window, 6)
CLERK = Column("经办人", lambda facts: facts.clerk, 9)
STATE = Column("现在状态", _state, 10)
APPLICANT = Column("申请人", name_of("applicant"), 10, of_case=True)
APPLICANT_NUMBER = Column("证件号码", number_of("applicant"), of_case=True)
AGENT = Column("代理人", name_of("agent"), 10, of_case=True)
AGENT_NUMBER = Column("代理人证件号码", number_of("agent"), of_case=True)
DOCUMENT = Column("文号", said("doc_no"), of_case=True)
PROMISED = Column("承诺到期日", lambda facts: facts.row.promised_due or "", kind=ColumnKind.DAY)
STATUTORY = Column("法定到期日", lambda facts: facts.row.statutory_due or "", kind=ColumnKind.DAY)
LIGHT = Column("期限灯", lambda facts: facts.due.light if facts.due else "")
LEFT = Column("剩余工作日", lambda facts: facts.due.left if facts.due else None, kind=ColumnKind.NUMBER)
MINUTES = Column("分钟", lambda facts: facts.row.amount, 8, ColumnKind.AMOUNT)
PIECES = Column("件数", lambda facts: facts.row.amount, 8, ColumnKind.AMOUNT)
CALLED = Column("叫号", lambda facts: moment(facts.row.begun_ms), 17, ColumnKind.TIME)
CLOSED = Column("办完", lambda facts: moment(facts.row.ended_ms), 17, ColumnKind.TIME)
WAITED = Column("等候分钟", lambda facts: _minutes_between(facts.row.at_ms, facts.row.begun_ms), 8, ColumnKind.NUMBER)
SERVED = Column(
    "办理分钟", lambda facts: _minutes_between(facts.row.begun_ms, facts.row.ended_ms), 8, ColumnKind.NUMBER
)
COMMENT = Column("评价内容", lambda facts: facts.comment, 34)
