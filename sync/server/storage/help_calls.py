"""Calls of the windows for the floor manager: who asked when, and who answered (design/README.md 11)."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, and_, insert, or_, select, update

from sync.server.storage.tables import help_call


@dataclass(frozen=True, slots=True)
class HelpCall:
    """Times are UTC milliseconds; ``answered_ms`` and ``answered_by`` are None while nobody answered."""

    help_id: str
    hall: str
    window: str
    clerk: str
    asked_ms: int
    answered_ms: int | None = None
    answered_by: str | None = None
    rev: int = 1


_CALL = select(*(help_call.c[field.name] for field in fields(HelpCall)))


def add(connection: Connection, call: HelpCall) -> None:
    """Insert a call."""
    connection.execute(insert(help_call).values(asdict(call)))


def get(connection: Connection, hall: str, help_id: str) -> HelpCall | None:
    """Return one call."""
    row = connection.execute(_CALL.where(help_call.c.hall == hall, help_call.c.help_id == help_id)).first()
    return _read(row) if row else None


def open_calls(connection: Connection, hall: str) -> list[HelpCall]:
    """Return the calls nobody answered yet, the oldest first."""
    waiting = _CALL.where(help_call.c.hall == hall, help_call.c.answered_ms.is_(None))
    return [_read(row) for row in connection.execute(waiting.order_by(help_call.c.asked_ms, help_call.c.help_id))]


def answer(connection: Connection, hall: str, help_id: str, clerk: str, now_ms: int) -> HelpCall | None:
    """Record who answers; return the call as it then is, or None where there is none or it was answered before."""
    asked = get(connection, hall, help_id)
    if asked is None or asked.answered_ms is not None:
        return None
    answered = replace(asked, answered_ms=now_ms, answered_by=clerk, rev=asked.rev + 1)
    connection.execute(
        update(help_call)
        .where(help_call.c.hall == hall, help_call.c.help_id == help_id)
        .values(answered_ms=now_ms, answered_by=clerk, rev=answered.rev)
    )
    return answered


def standing(connection: Connection, hall: str, since_ms: int) -> list[HelpCall]:
    """Return the calls nobody answered, and those answered since that instant (UTC)."""
    of_hall = help_call.c.hall == hall
    open_, lately = help_call.c.answered_ms.is_(None), help_call.c.answered_ms >= since_ms
    counts = or_(and_(of_hall, open_), and_(of_hall, lately))  # each half along the index
    return [_read(row) for row in connection.execute(_CALL.where(counts))]


def _read(row: Any) -> HelpCall:
    return HelpCall(*row)
