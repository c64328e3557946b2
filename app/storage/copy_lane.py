"""The scanned copies on their way to the server: which wait, and what became of each."""

from sqlalchemy import ColumnElement, select, update

from app.domain.visit import VisitState
from app.ports.copies import WaitingCopy
from app.storage.engine import Database
from app.storage.tables import COUNTER_STATE, SCANNED_COPY, VISIT

_WAITS = (SCANNED_COPY.c.sent_ms.is_(None), SCANNED_COPY.c.set_aside.is_(None))
_OPEN = (VisitState.CALLED, VisitState.SERVING, VisitState.HELD)
"""States in which a copy may still be taken off."""


class CounterCopyLane:
    """Implements ``app.ports.copies.CopyLane``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_free(self) -> bool:
        """See ``CopyLane``."""
        stand = select(COUNTER_STATE.c.last_seq, COUNTER_STATE.c.acked_seq)
        with self._database.read() as connection:
            last, acked = connection.execute(stand).one()
        return bool(last == acked)

    def next_waiting(self) -> WaitingCopy | None:
        """See ``CopyLane``."""
        wanted = (
            select(SCANNED_COPY.c.copy_id, SCANNED_COPY.c.sha256, SCANNED_COPY.c.size)
            .join(VISIT, VISIT.c.visit_id == SCANNED_COPY.c.visit_id)
            .where(*_WAITS, VISIT.c.case_id.is_not(None), VISIT.c.state.not_in(_OPEN))
            .order_by(SCANNED_COPY.c.taken_ms, SCANNED_COPY.c.copy_id)
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(wanted).first()
        return WaitingCopy(*row) if row else None

    def content(self, copy_id: str) -> bytes | None:
        """See ``CopyLane``."""
        with self._database.read() as connection:
            content = connection.execute(select(SCANNED_COPY.c.content).where(_of(copy_id))).scalar_one_or_none()
        return content if content is None else bytes(content)

    def sent(self, copy_id: str, at_ms: int) -> None:
        """See ``CopyLane``."""
        with self._database.write() as connection:
            connection.execute(update(SCANNED_COPY).where(_of(copy_id)).values(sent_ms=at_ms))

    def set_aside(self, copy_id: str, code: str) -> None:
        """See ``CopyLane``."""
        with self._database.write() as connection:
            connection.execute(update(SCANNED_COPY).where(_of(copy_id)).values(set_aside=code))


def _of(copy_id: str) -> ColumnElement[bool]:
    return SCANNED_COPY.c.copy_id == copy_id
