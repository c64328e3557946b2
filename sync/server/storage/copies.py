"""Rows of scanned copies: what was reported, how far the bytes are here, and which case each belongs to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, func, insert, or_, select, update

from app.domain.scanned_copy import CopyKind
from sync.server.storage.copy_tables import blob, scanned_copy, visit_case


@dataclass(frozen=True, slots=True)
class ReportedCopy:
    """A copy as its window reported it: ``blob`` marks its SHA-256, ``sealed`` is that; ``size`` in bytes."""

    hall: str
    copy_id: str
    visit_id: str
    material_id: str
    blob: str
    kind: CopyKind
    size: int
    window: str
    taken_ms: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes that are here, or on their way while ``stored_ms`` is None."""

    hall: str
    blob: str
    size: int
    begun_ms: int
    stored_ms: int | None = None


_COPY = tuple(scanned_copy.c[each.name] for each in fields(ReportedCopy))
_BLOB = tuple(blob.c[each.name] for each in fields(Blob))
_LIVE = scanned_copy.c.removed_ms.is_(None)
_LINK = select(visit_case.c.case_id).where(
    *(visit_case.c[name] == bindparam(f"of_{name}") for name in ("hall", "visit_id", "case_id"))
)
_ADD_LINK = insert(visit_case)


def add(connection: Connection, copy: ReportedCopy) -> None:
    """Keep what a window reported; the same copy again changes nothing."""
    known = select(scanned_copy.c.copy_id).where(_of_copy(copy.hall, copy.copy_id))
    if connection.execute(known).first() is None:
        connection.execute(insert(scanned_copy), asdict(copy))


def remove(connection: Connection, hall: str, copy_id: str, window: str, at_ms: int) -> None:
    """Keep that a window took its own copy off; its bytes go with the next sweep."""
    own = _of_copy(hall, copy_id) & (scanned_copy.c.window == window) & _LIVE
    connection.execute(update(scanned_copy).where(own).values(removed_ms=at_ms))


def link_case(connection: Connection, hall: str, visit_id: str, case_id: str) -> None:
    """Keep that a visit led to a case."""
    row = {"hall": hall, "visit_id": visit_id, "case_id": case_id}
    if connection.execute(_LINK, {f"of_{name}": value for name, value in row.items()}).first() is None:
        connection.execute(_ADD_LINK, row)


def cases_of(connection: Connection, hall: str, name: str) -> Sequence[str]:
    """Return the cases that have a copy with these bytes."""
    same = and_(visit_case.c.hall == scanned_copy.c.hall, visit_case.c.visit_id == scanned_copy.c.visit_id)
    wanted = select(visit_case.c.case_id).join(scanned_copy, same).where(_of_blob(hall, name), _LIVE).distinct()
    return list(connection.execute(wanted.order_by(visit_case.c.case_id)).scalars())


def reported(connection: Connection, hall: str, name: str) -> ReportedCopy | None:
    """Return a copy with these bytes that belongs to a case; None where none was reported."""
    linked = exists().where(visit_case.c.hall == scanned_copy.c.hall, visit_case.c.visit_id == scanned_copy.c.visit_id)
    row = connection.execute(select(*_COPY).where(_of_blob(hall, name), _LIVE, linked).limit(1)).first()
    return _copy(row) if row else None


def copies_of_case(connection: Connection, hall: str, case_id: str) -> Sequence[tuple[ReportedCopy, bool]]:
    """Return the copies of a case, oldest first, and whether the bytes of each are here."""
    of_visit = and_(visit_case.c.hall == scanned_copy.c.hall, visit_case.c.visit_id == scanned_copy.c.visit_id)
    bytes_of = and_(blob.c.hall == scanned_copy.c.hall, blob.c.blob == scanned_copy.c.blob)
    wanted = (
        select(*_COPY, blob.c.stored_ms)
        .join(visit_case, of_visit)
        .outerjoin(blob, bytes_of)
        .where(visit_case.c.hall == hall, visit_case.c.case_id == case_id, _LIVE)
        .order_by(scanned_copy.c.taken_ms, scanned_copy.c.copy_id)
    )
    return [(_copy(row[:-1]), row[-1] is not None) for row in connection.execute(wanted)]


def get_blob(connection: Connection, hall: str, name: str) -> Blob | None:
    """Return what is known of the bytes."""
    row = connection.execute(select(*_BLOB).where(blob.c.hall == hall, blob.c.blob == name)).first()
    return Blob(*row) if row else None


def used_bytes(connection: Connection, hall: str) -> int:
    """Return how many bytes a hall has here or on their way."""
    return int(
        connection.execute(select(func.coalesce(func.sum(blob.c.size), 0)).where(blob.c.hall == hall)).scalar_one()
    )


def begin_blob(connection: Connection, new: Blob) -> None:
    """Keep that bytes are on their way."""
    connection.execute(insert(blob), asdict(new))


def blob_stored(connection: Connection, hall: str, name: str, at_ms: int) -> None:
    """Keep that all bytes are here and are what their name says."""
    mine = and_(blob.c.hall == hall, blob.c.blob == name, blob.c.stored_ms.is_(None))
    connection.execute(update(blob).where(mine).values(stored_ms=at_ms))


def drop_blob(connection: Connection, hall: str, name: str) -> None:
    """Forget the bytes."""
    connection.execute(delete(blob).where(blob.c.hall == hall, blob.c.blob == name))


def unnamed(connection: Connection, begun_before_ms: int) -> Sequence[Blob]:
    """Return the bytes that no copy names any more, and what was begun so long ago and never came whole."""
    named = exists().where(scanned_copy.c.hall == blob.c.hall, scanned_copy.c.blob == blob.c.blob, _LIVE)
    given_up = and_(blob.c.stored_ms.is_(None), blob.c.begun_ms < begun_before_ms)
    return [Blob(*row) for row in connection.execute(select(*_BLOB).where(or_(~named, given_up)))]


def _of_copy(hall: str, copy_id: str) -> ColumnElement[bool]:
    return and_(scanned_copy.c.hall == hall, scanned_copy.c.copy_id == copy_id)


def _of_blob(hall: str, name: str) -> ColumnElement[bool]:
    return and_(scanned_copy.c.hall == hall, scanned_copy.c.blob == name)


def _copy(row: object) -> ReportedCopy:
    found = ReportedCopy(*tuple(row))  # type: ignore[arg-type] # a row is a tuple of these columns
    return ReportedCopy(**{**asdict(found), "kind": CopyKind(found.kind)})
