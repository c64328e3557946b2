"""The tickets that decide who is called to some windows of a hall, read by one statement for all of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, Connection, Select, bindparam, func, or_
from sqlalchemy import literal_column as literal
from sqlalchemy import select as select_

from app.domain.queue_lines import Codes
from app.domain.ticket import IN_LINE, Ticket, TicketState
from app.domain.transfer import OFFERED
from sync.server.storage import tickets
from sync.server.storage.padded import padded
from sync.server.storage.tables import ticket

_AT_WINDOWS, _OFFERED, _WAITING, _LATELY = 0, 1, 2, 3
"""What a row is of; from the last one on a number for each line."""

_CALLED = [TicketState.CALLED, TicketState.SERVING]
_T = ticket.alias("t")
_COLUMNS = tuple(_T.c[column.name] for column in tickets.COLUMNS)
_SINCE = _T.c.issued_ms >= bindparam("since_ms")


@dataclass(frozen=True, slots=True)
class Wanted:
    """``lines`` are the windows' sets of businesses, without repeats; ``since_ms`` parts the days.

    ``most`` heads of each business and priority, and the ``lately`` last called of each line.
    """

    hall: str
    windows: Collection[str]
    lines: Sequence[Codes]
    since_ms: int
    most: int
    lately: int


@dataclass(frozen=True, slots=True)
class Found:
    """``held`` are called or served at one of the windows, oldest call first.

    ``offered`` and ``reserved`` wait for one window, ``waiting`` for any; ``lately`` is by line, newest call first.
    """

    held: list[Ticket] = field(default_factory=list)
    reserved: list[Ticket] = field(default_factory=list)
    offered: list[Ticket] = field(default_factory=list)
    waiting: list[Ticket] = field(default_factory=list)
    lately: dict[Codes, list[Ticket]] = field(default_factory=dict)


def find(connection: Connection, wanted: Wanted) -> Found:
    """Return what the windows' calls are decided by."""
    lines, found = list(wanted.lines), Found(lately={codes: [] for codes in wanted.lines})
    values: dict[str, Any] = {
        "of_hall": wanted.hall,
        "windows": padded(wanted.windows),
        "since_ms": wanted.since_ms,
        "codes": sorted({code for codes in lines for code in codes}),
        "most": wanted.most,
        "at_most": wanted.lately,
        **{f"line_{n}": list(codes) for n, codes in enumerate(lines)},
    }
    for part, *row in connection.execute(_query(len(lines) if wanted.lately else 0), values):
        each = tickets.of_row(row)
        if part == _AT_WINDOWS:
            (found.reserved if each.state is TicketState.RESERVED else found.held).append(each)
        elif part == _OFFERED:
            found.offered.append(each)
        elif part == _WAITING:
            found.waiting.append(each)
        else:
            found.lately[lines[part - _LATELY]].append(each)
    found.held.sort(key=_call)
    for called in found.lately.values():
        called.sort(key=_call, reverse=True)
    return found


def offered_to(found: Found, window: str) -> list[Ticket]:
    """Return the tickets that were handed to the window and await its answer, or came back to it."""
    return [each for each in found.offered if each.to_window == window]


@cache
def _query(looks_back: int) -> CompoundSelect[Any]:
    """Return the question, with who was called last from so many lines.

    It stays below the 4,096 characters up to which the driver remembers what it made of a statement.
    """
    here = _T.c.window.in_(_list("windows"))
    called = _T.c.state.in_(_CALLED) & (_T.c.called_ms >= bindparam("since_ms"))
    reserved = (_T.c.state == TicketState.RESERVED) & _SINCE
    busy = _T.c.state.in_([*_CALLED, TicketState.RESERVED])
    return _part(_AT_WINDOWS, here, busy, or_(called, reserved)).union_all(
        _part(_OFFERED, _T.c.state.in_(sorted(OFFERED)), _T.c.to_window.in_(_list("windows")), _SINCE),
        _heads(),
        *(_last_called(n) for n in range(looks_back)),
    )


def _heads() -> Select[Any]:
    """Return who is first of each business and priority; who waits there is asked for once, however many lines."""
    place = (func.coalesce(_T.c.line_ms, _T.c.issued_ms), _T.c.ticket_id)
    nth = func.row_number().over(partition_by=(_T.c.business, _T.c.priority), order_by=place).label("nth")
    waits = (_T.c.state == TicketState.WAITING, _T.c.business.in_(_list("codes")), _SINCE)
    found = _part(_WAITING, *waits).add_columns(nth).subquery("w")
    return select_(*[column for column in found.c if column.name != "nth"]).where(found.c.nth <= bindparam("most"))


def _last_called(line: int) -> Select[Any]:
    since = _T.c.called_ms >= bindparam("since_ms")
    codes = _T.c.business.in_(_list(f"line_{line}"))
    found = _part(_LATELY + line, since, codes, _T.c.state.not_in(sorted(IN_LINE)))
    newest = found.order_by(_T.c.called_ms.desc(), _T.c.ticket_id.desc()).limit(bindparam("at_most"))
    return select_(newest.subquery(f"c{line}"))


def _part(part: int, *conditions: ColumnElement[bool]) -> Select[Any]:
    rows = select_(literal(str(part)).label("part"), *_COLUMNS)
    return rows.where(_T.c.hall == bindparam("of_hall"), *conditions)


def _list(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


def _call(each: Ticket) -> tuple[int, str]:
    return each.called_ms or 0, each.ticket_id
