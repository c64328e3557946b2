"""Rows of ledgers: kept with the operation that makes them, counted, and found again for operations of before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, select, update

from app.domain.ledgers import DEEMED, KINDS, CaseFacts, LedgerEntry, LedgerName
from app.domain.record import names
from sync.server.storage.ledger_tables import ledger_entry
from sync.server.storage.rows import Rows
from sync.server.storage.tables import case, operation, ticket

SERVER = "server"
"""Stands in the place of a device for what the server did by itself."""

_NAMES = names(LedgerEntry)
_VALUES = attrgetter(*_NAMES)
_ROWS = Rows(ledger_entry, _NAMES)
_CASE = select(case.c.case_no, case.c.item_id, case.c.department).where(
    case.c.hall == bindparam("of_hall"), case.c.case_id == bindparam("of_case")
)
_KEPT = select(
    *(operation.c[name] for name in ("hall", "device", "incarnation", "seq", "hash", "received_ms", "sealed"))
).order_by(operation.c.received_ms, operation.c.seq)
_CALLED = select(ticket.c.called_ms).where(
    ticket.c.hall == bindparam("of_hall"), ticket.c.ticket_id == bindparam("of_ticket")
)


@dataclass(frozen=True, slots=True)
class KeptOperation:
    """An applied operation as the log holds it: where it stands, its hash, and its sealed bytes."""

    hall: str
    device: str
    incarnation: str
    seq: int
    hash: str
    received_ms: int
    sealed: bytes


def add(connection: Connection, entries: Sequence[LedgerEntry]) -> None:
    """Keep rows."""
    _ROWS.add(connection, [_VALUES(each) for each in entries])


def add_deemed(connection: Connection, hall: str, event_id: str, case_id: str, at_ms: int) -> None:
    """Keep the row of a case that silence accepted: the server's own act, so that no device stands behind it."""
    found = connection.execute(
        select(case.c.case_no, case.c.item_id, case.c.department, case.c.window).where(
            case.c.hall == hall, case.c.case_id == case_id
        )
    ).first()
    if found is None:
        return
    entry = LedgerEntry(
        hall=hall,
        ledger=LedgerName.ACCEPTANCE.value,
        device=SERVER,
        incarnation=event_id,
        seq=0,
        entry_id=event_id,
        kind=DEEMED,
        at_ms=at_ms,
        window=found.window,
        clerk="",
        department=found.department,
        item_id=found.item_id,
        number=found.case_no,
        case_id=case_id,
        amount=None,
    )
    add(connection, [entry])


def end_pause(connection: Connection, hall: str, window: str, since_ms: int, minutes: int) -> None:
    """Write into the row of a pause that ended how many minutes it cost.

    A counter whose clock is ahead began it later than its row says: the last open one until then is meant.
    """
    open_one = and_(
        ledger_entry.c.hall == hall,
        ledger_entry.c.ledger == LedgerName.SUSPENSION.value,
        ledger_entry.c.kind == "window.paused",
        ledger_entry.c.window == window,
        ledger_entry.c.amount.is_(None),
    )
    began = connection.execute(
        select(func.max(ledger_entry.c.at_ms)).where(open_one, ledger_entry.c.at_ms <= since_ms)
    ).scalar()
    if began is not None:
        connection.execute(update(ledger_entry).where(open_one, ledger_entry.c.at_ms == began).values(amount=minutes))


def case_facts(connection: Connection, hall: str, case_id: str) -> CaseFacts | None:
    """Return number, item and department of a case; None where the server holds no such case."""
    row = connection.execute(_CASE, {"of_hall": hall, "of_case": case_id}).first()
    return CaseFacts(*row) if row else None


def called_ms(connection: Connection, hall: str, ticket_id: str) -> int | None:
    """Return when a ticket was called; None where it never was, or is not known."""
    return connection.execute(_CALLED, {"of_hall": hall, "of_ticket": ticket_id}).scalar()


def counts_since(connection: Connection, hall: str, since_ms: int) -> dict[tuple[str, str], int]:
    """Return how many rows each ledger has since then, by ledger and kind of operation."""
    rows = connection.execute(
        select(ledger_entry.c.ledger, ledger_entry.c.kind, func.count())
        .where(
            ledger_entry.c.hall == hall,
            ledger_entry.c.ledger.in_([each.value for each in LedgerName]),
            ledger_entry.c.at_ms >= since_ms,
        )
        .group_by(ledger_entry.c.ledger, ledger_entry.c.kind)
    ).all()
    return {(row[0], row[1]): row[2] for row in rows}


def not_kept(connection: Connection, most: int) -> list[KeptOperation]:
    """Return applied operations of kinds that always make a row and have none, in the order they came."""
    kept = exists().where(
        ledger_entry.c.hall == operation.c.hall,
        ledger_entry.c.device == operation.c.device,
        ledger_entry.c.incarnation == operation.c.incarnation,
        ledger_entry.c.seq == operation.c.seq,
    )
    found = _KEPT.where(operation.c.status == "applied", operation.c.kind.in_(list(KINDS)), ~kept).limit(most)
    return [_kept(row) for row in connection.execute(found).mappings()]


def applied_of(connection: Connection, kind: str) -> list[KeptOperation]:
    """Return every applied operation of a kind, in the order they came."""
    found = _KEPT.where(operation.c.status == "applied", operation.c.kind == kind)
    return [_kept(row) for row in connection.execute(found).mappings()]


def _kept(row: Mapping[Any, Any]) -> KeptOperation:
    return KeptOperation(**{**row, "sealed": bytes(row["sealed"])})
