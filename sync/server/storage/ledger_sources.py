"""What the rows of a ledger are read from: kept operations, ratings, or numbers given out; counted, or page by page.

Every source answers with the same columns, so that count, page and export of a ledger are one query with one filter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
)

from app.domain.ledgers import LedgerName
from sync.server.storage.ledger_tables import ledger_entry
from sync.server.storage.page_tables import rating
from sync.server.storage.tables import case, clerk, operation, ticket


class Source(StrEnum):
    """Where rows come from."""

    ENTRIES = "entries"
    RATINGS = "ratings"
    TICKETS = "tickets"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a ledger is asked for: hall, the days from 00:00 of ``first`` to the end of ``last`` (ISO), and filters.

    ``from_ms`` and ``until_ms`` are the same days in UTC milliseconds, the end not included; an empty filter is none.
    ``kinds`` names the kinds of rows that count, as the definition of the ledger has them; ``since_ms`` leaves out the
    numbers given out until then.
    """

    hall: str
    first: str
    last: str
    from_ms: int
    until_ms: int
    ledger: str = ""
    kinds: tuple[str, ...] = ()
    window: str = ""
    item: str = ""
    department: str = ""
    since_ms: int = 0


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as it is kept; ``sealed`` is what its words stand in, ``case_sealed`` its case as it stands now.

    ``begun_ms`` and ``ended_ms`` are when the citizen of a number was called and was done, UTC milliseconds.
    ``accepted_on``, ``promised_due``, ``statutory_due`` and ``clock`` are those of its case as they stand now.
    """

    entry_id: str
    kind: str
    at_ms: int
    window: str
    clerk: str
    department: str
    item_id: str
    number: str
    case_id: str | None
    amount: int | None
    device: str
    incarnation: str
    seq: int
    state: str | None
    sealed: bytes | None
    case_sealed: bytes | None
    begun_ms: int | None
    ended_ms: int | None
    accepted_on: str | None = None
    promised_due: str | None = None
    statutory_due: str | None = None
    clock: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of one kind, and the sum of what they measure (None where they measure nothing)."""

    kind: str
    count: int
    amount: int | None


_ENTRY = ledger_entry.c
_NO_AMOUNT = cast(null(), Integer).label("amount")
_NO_OPERATION = (literal("").label("device"), literal("").label("incarnation"), literal(0).label("seq"))


def tally(connection: Connection, source: Source, wanted: Wanted) -> list[Tally]:
    """Return how many rows there are, kind by kind."""
    rows = _COUNTED.get(source, _ROWS[source])(wanted).subquery()
    found = connection.execute(
        select(rows.c.kind, func.count(), func.sum(rows.c.amount)).group_by(rows.c.kind).order_by(rows.c.kind)
    )
    return [Tally(*row) for row in found]


def tally_entries(connection: Connection, wanted: Wanted) -> dict[str, list[Tally]]:
    """Return the same for every ledger of kept operations at once, by its name; ``ledger`` and ``kinds`` are let be."""
    found = connection.execute(
        select(_ENTRY.ledger, _ENTRY.kind, func.count(), func.sum(_ENTRY.amount))
        .where(
            _ENTRY.hall == wanted.hall,
            _ENTRY.ledger.in_([each.value for each in LedgerName]),
            _ENTRY.at_ms >= wanted.from_ms,
            _ENTRY.at_ms < wanted.until_ms,
            *_chosen(replace(wanted, kinds=()), _ENTRY.kind, _ENTRY.window, _ENTRY.item_id, _ENTRY.department),
        )
        .group_by(_ENTRY.ledger, _ENTRY.kind)
        .order_by(_ENTRY.ledger, _ENTRY.kind)
    )
    tallied: dict[str, list[Tally]] = {}
    for ledger, *counted in found:
        tallied.setdefault(ledger, []).append(Tally(*counted))
    return tallied


def page(
    connection: Connection, source: Source, wanted: Wanted, after: tuple[int, str] | None, most: int
) -> list[SourceRow]:
    """Return rows oldest first, those behind ``after`` (moment and id of the last row before), ``most`` at a time."""
    query = _ROWS[source](wanted)
    at_ms, entry_id = _KEYS[source]
    if after is not None:
        query = query.where(tuple_(at_ms, entry_id) > tuple_(literal(after[0]), literal(after[1])))
    rows = connection.execute(query.order_by(at_ms, entry_id).limit(most)).mappings()
    return [_row(each) for each in rows]


def clerk_names(connection: Connection, hall: str) -> dict[str, str]:
    """Return the name of every clerk of the hall by number."""
    rows = connection.execute(select(clerk.c.clerk, clerk.c.name).where(clerk.c.hall == hall))
    return {row[0]: row[1] for row in rows}


def _entries(wanted: Wanted) -> Select[Any]:
    names = ("entry_id", "kind", "at_ms", "window", "clerk", "department", "item_id", "number", "case_id", "amount")
    of_operation = and_(
        operation.c.hall == _ENTRY.hall,
        operation.c.device == _ENTRY.device,
        operation.c.incarnation == _ENTRY.incarnation,
        operation.c.seq == _ENTRY.seq,
    )
    of_case = and_(case.c.hall == _ENTRY.hall, case.c.case_id == _ENTRY.case_id)
    return (
        select(
            *(_ENTRY[name] for name in names),
            *(_ENTRY[name] for name in ("device", "incarnation", "seq")),
            case.c.state.label("state"),
            operation.c.sealed.label("sealed"),
            case.c.sealed.label("case_sealed"),
            null().label("begun_ms"),
            null().label("ended_ms"),
            *(case.c[name] for name in ("accepted_on", "promised_due", "statutory_due", "clock")),
        )
        .select_from(ledger_entry.outerjoin(operation, of_operation).outerjoin(case, of_case))
        .where(*_counting(wanted))
    )


def _counting(wanted: Wanted) -> list[ColumnElement[bool]]:
    return [
        _ENTRY.hall == wanted.hall,
        _ENTRY.ledger == wanted.ledger,
        _ENTRY.at_ms >= wanted.from_ms,
        _ENTRY.at_ms < wanted.until_ms,
        *_chosen(wanted, _ENTRY.kind, _ENTRY.window, _ENTRY.item_id, _ENTRY.department),
    ]


def _ratings(wanted: Wanted) -> Select[Any]:
    grade: ColumnElement[str] = cast(rating.c.grade, String)
    nothing: ColumnElement[str] = literal("")
    return select(
        rating.c.token_hash.label("entry_id"),
        grade.label("kind"),
        rating.c.rated_ms.label("at_ms"),
        rating.c.window.label("window"),
        rating.c.clerk.label("clerk"),
        rating.c.department.label("department"),
        nothing.label("item_id"),
        nothing.label("number"),
        null().label("case_id"),
        _NO_AMOUNT,
        *_NO_OPERATION,
        null().label("state"),
        rating.c.sealed_comment.label("sealed"),
        null().label("case_sealed"),
        null().label("begun_ms"),
        null().label("ended_ms"),
    ).where(
        rating.c.hall == wanted.hall,
        rating.c.grade.is_not(None),
        rating.c.rated_ms >= wanted.from_ms,
        rating.c.rated_ms < wanted.until_ms,
        *_chosen(wanted, grade, rating.c.window, nothing, rating.c.department),
    )


def _tickets(wanted: Wanted) -> Select[Any]:
    nothing: ColumnElement[str] = literal("")
    views = [_VIEWS[each](wanted) if each in _VIEWS else ticket.c.state == each for each in wanted.kinds]
    return select(
        ticket.c.ticket_id.label("entry_id"),
        ticket.c.state.label("kind"),
        ticket.c.issued_ms.label("at_ms"),
        func.coalesce(ticket.c.window, "").label("window"),
        func.coalesce(ticket.c.first_clerk, "").label("clerk"),
        nothing.label("department"),
        ticket.c.business.label("item_id"),
        ticket.c.number.label("number"),
        null().label("case_id"),
        _NO_AMOUNT,
        *_NO_OPERATION,
        null().label("state"),
        null().label("sealed"),
        null().label("case_sealed"),
        ticket.c.called_ms.label("begun_ms"),
        ticket.c.closed_ms.label("ended_ms"),
    ).where(
        ticket.c.hall == wanted.hall,
        ticket.c.business_date.between(wanted.first, wanted.last),
        ticket.c.issued_ms > wanted.since_ms,
        *([or_(*views)] if views else []),
        *([ticket.c.window == wanted.window] if wanted.window else []),
        *([ticket.c.business == wanted.item] if wanted.item else []),
        *([nothing == wanted.department] if wanted.department else []),
    )


def _chosen(wanted: Wanted, kind: Any, window: Any, item: Any, department: Any) -> list[ColumnElement[bool]]:
    chosen = [kind.in_(wanted.kinds)] if wanted.kinds else []
    pairs = ((window, wanted.window), (item, wanted.item), (department, wanted.department))
    return [*chosen, *(column == value for column, value in pairs if value)]


def _row(found: Mapping[Any, Any]) -> SourceRow:
    opened = {name: None if found[name] is None else bytes(found[name]) for name in ("sealed", "case_sealed")}
    return SourceRow(**{**found, **opened})


_VIEWS: Mapping[str, Callable[[Wanted], ColumnElement[bool]]] = {
    "was_called": lambda _: ticket.c.called_ms.is_not(None),
    "was_closed": lambda _: and_(
        ticket.c.called_ms.is_not(None), ticket.c.closed_ms.is_not(None), ticket.c.closed_ms >= ticket.c.called_ms
    ),
}
"""Kinds of numbers that are no state: those the mean wait and the mean service are made of."""

_ROWS: Mapping[Source, Callable[[Wanted], Select[Any]]] = {
    Source.ENTRIES: _entries,
    Source.RATINGS: _ratings,
    Source.TICKETS: _tickets,
}
_COUNTED: Mapping[Source, Callable[[Wanted], Select[Any]]] = {
    Source.ENTRIES: lambda wanted: select(_ENTRY.kind, _ENTRY.amount).where(*_counting(wanted))
}
"""Where counting needs less than the rows do."""
_KEYS: Mapping[Source, tuple[Any, Any]] = {
    Source.ENTRIES: (_ENTRY.at_ms, _ENTRY.entry_id),
    Source.RATINGS: (rating.c.rated_ms, rating.c.token_hash),
    Source.TICKETS: (ticket.c.issued_ms, ticket.c.ticket_id),
}
