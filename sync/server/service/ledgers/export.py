"""Takes a ledger away as a file: who may, who did, and the whole of it read on one consistent view.

The header says what it is: hall, days, filters, when and by whom it was made, and by which catalogue version. Persons
are masked unless a supervisor gives a reason and a second person agrees with a session of their own (domain rule L13).
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.rights import Act, may
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.ledgers.ask import MOST_ROWS, Asked, keep_access, permitted, wanted_of
from sync.server.service.ledgers.columns import Cell, Column, ColumnKind, moment
from sync.server.service.ledgers.definitions import Ledger
from sync.server.service.ledgers.facts import cells, facts_of, words_of
from sync.server.service.ledgers.files import write_csv, write_xlsx
from sync.server.service.refusals import refusal
from sync.server.storage import catalogue, ledger_sources
from sync.server.storage.engine import Transaction
from sync.server.storage.ledger_sources import Wanted

logger = logging.getLogger(__name__)

MAX_REASON = 100


class Format(StrEnum):
    """What a ledger is written as."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Unmasked:
    """Why persons are to be named, and the second person who agrees."""

    reason: str
    second: Caller


@dataclass(frozen=True, slots=True)
class Exported:
    """The file with the name it is kept under."""

    name: str
    content: bytes


def export_ledger(
    context: Context, caller: Caller, hall: str, name: str, asked: Asked, *, form: Format, full: Unmasked | None = None
) -> Exported:
    """Return the whole ledger as a file; who took it is kept first, so that no file leaves without a trace.

    Raises:
        Refused: ``forbidden``, ``unknown_ledger``, ``ledger_range``, ``malformed``, or ``export_needs_second``: full
            names without a reason, or without another person who may see them.
    """
    ledger, clerk = permitted(caller, hall, name, Act.EXPORT_LEDGER)
    if full is not None:
        _check(caller, hall, full)
    write = {Format.CSV: write_csv, Format.XLSX: write_xlsx}[form]

    def work(connection: Transaction) -> tuple[Wanted, int, bytes]:
        wanted = wanted_of(context, ledger, hall, asked)
        export = _Export(context, connection, caller, ledger, wanted, unmasked=full is not None)
        header = export.header(clerk, full)
        content = write(ledger.title, header, [each.head for each in ledger.columns], export.rows(), export.totals())
        return wanted, export.count, content

    wanted, count, content = context.storage.read(work)
    said = [name, form.value, wanted.first, wanted.last, asked.window, asked.item, asked.department, asked.kind]
    second = [] if full is None else [full.reason, full.second.clerk or ""]
    keep_access(context, hall, clerk, "export_full" if full else "export", asked=[*said, *second], hits=count)
    logger.info(
        "ledgers.exported hall=%s clerk=%s ledger=%s rows=%d full=%s", hall, clerk, name, count, full is not None
    )
    return Exported(f"{ledger.name}-{hall}-{wanted.first}-{wanted.last}.{form.value}", content)


def _check(caller: Caller, hall: str, full: Unmasked) -> None:
    caller.require(Act.EXPORT_PERSONS, hall)
    second = full.second
    other = second.hall == hall and second.clerk is not None and second.clerk != caller.clerk
    if not other or not may(second.roles, Act.SEE_LEDGER_CASES) or not 0 < len(full.reason.strip()) <= MAX_REASON:
        raise refusal("export_needs_second")


class _Export:
    """One export while it is read: it counts and sums the very rows that it writes."""

    def __init__(
        self,
        context: Context,
        connection: Transaction,
        caller: Caller,
        ledger: Ledger,
        wanted: Wanted,
        *,
        unmasked: bool,
    ) -> None:
        self._context = context
        self._connection = connection
        self._ledger = ledger
        self._wanted = wanted
        self._words = words_of(context, connection, wanted.hall)
        self._cases = may(caller.roles, Act.SEE_LEDGER_CASES)
        self._unmasked = unmasked
        self._sums = [0 if each.kind is ColumnKind.AMOUNT else None for each in ledger.columns]
        self.count = 0

    def header(self, clerk: str, full: Unmasked | None) -> list[tuple[str, str]]:
        """Return what stands above the rows."""
        wanted, plan = self._wanted, self._words.plan
        hall = f"{wanted.hall} {plan.floor.centre}".strip()
        version = catalogue.current_number(self._connection, wanted.hall, self._context.today())
        filters = "；".join(
            f"{name} {value}"
            for name, value in (("窗口", wanted.window), ("事项", wanted.item), ("部门", wanted.department))
            if value
        )
        persons = "姓名和证件号码已遮盖"
        if full is not None:
            persons = (
                f"含完整姓名和证件号码；理由：{full.reason.strip()}；第二人：{self._person(full.second.clerk or '')}"
            )
        return [
            ("台账", self._ledger.title),
            ("大厅", hall),
            ("时段", f"{wanted.first} 至 {wanted.last}"),
            ("筛选", filters or "无"),
            ("计数规则", self._ledger.rule),
            ("制表时间", moment(self._context.clock.now_ms())),
            ("制表人", self._person(clerk)),
            ("事项目录版本", "" if version is None else str(version)),
            ("个人信息", persons if self._cases else "无权查看办件内容"),
        ]

    def rows(self) -> Iterator[list[Cell]]:
        """Return every row, oldest first; read page by page, so that no more than a page is held."""
        after: tuple[int, str] | None = None
        while True:
            found = ledger_sources.page(self._connection, self._ledger.source, self._wanted, after, MOST_ROWS)
            for row in found:
                facts = facts_of(
                    self._context,
                    self._wanted.hall,
                    self._ledger,
                    row,
                    self._words,
                    cases=self._cases,
                    full=self._unmasked,
                )
                values = cells(self._ledger, facts)
                self._add(self._ledger.columns, values)
                yield values
            if len(found) < MOST_ROWS:
                return
            after = (found[-1].at_ms, found[-1].entry_id)

    def totals(self) -> Iterator[list[Cell]]:
        """Return the last row, once the others are through: how many there were, and the sums of the amounts."""
        first: list[Cell] = [f"合计 {self.count} 行"]
        yield [*first, *self._sums[1:]]

    def _add(self, columns: Sequence[Column], values: Sequence[Cell]) -> None:
        self.count += 1
        for at, (column, value) in enumerate(zip(columns, values, strict=True)):
            if column.kind is ColumnKind.AMOUNT and isinstance(value, int):
                self._sums[at] = (self._sums[at] or 0) + value

    def _person(self, number: str) -> str:
        return f"{number} {self._words.clerks.get(number, '')}".strip()
