"""The scanned copies: rows of the store, their bytes in the same encrypted file."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update
from sqlalchemy.schema import Column

from app.domain.record import names, plain
from app.domain.scanned_copy import CopyKind, ScannedCopy
from app.storage.tables import SCANNED_COPY, VISIT


class CopyView:
    """Implements ``app.ports.copies.CopyReading`` on the connection of a view."""

    _connection: Connection

    def copies_of(self, visit_id: str) -> Sequence[ScannedCopy]:
        """See ``CopyReading``."""
        wanted = _select().where(SCANNED_COPY.c.visit_id == visit_id)
        rows = self._connection.execute(wanted).mappings()
        return [ScannedCopy(**{**row, "kind": CopyKind(row["kind"])}) for row in rows]

    def copy_counts(self, visit_id: str) -> Mapping[str, int]:
        """See ``CopyReading``."""
        material = SCANNED_COPY.c.material_id
        counted = (
            select(material, func.count().label("copies")).where(SCANNED_COPY.c.visit_id == visit_id).group_by(material)
        )
        return {row.material_id: row.copies for row in self._connection.execute(counted)}

    def copy_content(self, copy_id: str) -> bytes:
        """See ``CopyReading``."""
        wanted = select(SCANNED_COPY.c.content).where(SCANNED_COPY.c.copy_id == copy_id)
        content: bytes = self._connection.execute(wanted).scalar_one()
        return content


class CopyWriting:
    """Implements ``app.ports.copies.CopyWork``."""

    _connection: Connection

    def put_copy(self, copy: ScannedCopy, content: bytes) -> None:
        """See ``CopyWork``."""
        self._connection.execute(insert(SCANNED_COPY), {**plain(copy), "content": content})

    def drop_copy(self, copy_id: str) -> None:
        """See ``CopyWork``."""
        self._connection.execute(delete(SCANNED_COPY).where(SCANNED_COPY.c.copy_id == copy_id))

    def release_copies(self, sent_before_ms: int) -> None:
        """See ``CopyWork``."""
        old = (SCANNED_COPY.c.sent_ms < sent_before_ms) & (SCANNED_COPY.c.content != b"")
        self._connection.execute(update(SCANNED_COPY).where(old).values(content=b""))

    def drop_copies_of_no_case(self, before_ms: int) -> None:
        """See ``CopyWork``."""
        ended = select(VISIT.c.visit_id).where(VISIT.c.finished_ms < before_ms, VISIT.c.case_id.is_(None))
        self._connection.execute(delete(SCANNED_COPY).where(SCANNED_COPY.c.visit_id.in_(ended)))


@cache
def _columns() -> tuple[Column[Any], ...]:
    """Return all but the bytes: a list of copies never reads them."""
    return tuple(SCANNED_COPY.c[name] for name in names(ScannedCopy))


def _select() -> Select[Any]:
    return select(*_columns()).order_by(SCANNED_COPY.c.taken_ms, SCANNED_COPY.c.copy_id)
