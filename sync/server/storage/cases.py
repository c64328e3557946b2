"""Rows of cases: what counters mirror in clear, the whole record sealed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.domain.case import CaseState
from app.domain.record import names, plain
from app.domain.standing import OVER
from sync.server.storage.by_code_points import ByCodePoints
from sync.server.storage.mirrored import mirrored
from sync.server.storage.padded import padded
from sync.server.storage.rows import Rows
from sync.server.storage.tables import case


class DuplicateNumber(Exception):  # noqa: N818 - a conflict for a person
    """Another case of the hall has this number."""


@dataclass(frozen=True, slots=True)
class MirroredCase:
    """The part of a case every counter of the hall holds: no personal data (sync/protocol/README.md)."""

    case_id: str
    case_no: str
    hall: str
    window: str
    counter: str
    item_id: str
    department: str
    state: CaseState
    rev: int
    accepted_on: str
    promised_due: str | None
    statutory_due: str | None
    provisional: bool
    doc_no: str | None
    received_on: str | None = None
    notice_due: str | None = None
    clock: Mapping[str, Any] | None = None


_NAMES = names(MirroredCase)
_COLUMNS = tuple(case.c[name] for name in _NAMES)
_VALUES = attrgetter(*_NAMES)
_ROWS = Rows(case, (*_NAMES, "sealed"))
_GET = (
    select(*_COLUMNS)
    .where(case.c.hall == bindparam("of_hall"), case.c.case_id == bindparam("of_case"))
    .with_for_update()
)

_WHOLE = (
    select(*_COLUMNS, case.c.sealed)
    .where(case.c.hall == bindparam("of_hall"), case.c.case_id == bindparam("of_case"))
    .with_for_update()
)
_LOCK = (
    select(case.c.case_id)
    .where(case.c.hall == bindparam("of_hall"), case.c.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(case.c.case_id)
    .with_for_update()
)
_HALL = case.c.hall == bindparam("of_hall")
_STANDING = (
    select(*_COLUMNS)
    .where(
        # The hall and the states by name in either half: so both databases find each along an index.
        or_(
            and_(_HALL, case.c.state.in_(sorted(set(CaseState) - OVER))),
            and_(_HALL, case.c.accepted_on >= bindparam("kept")),
        )
    )
    .order_by(ByCodePoints(case.c.case_id))
)
_NAMED = select(*_COLUMNS).where(_HALL, case.c.case_id.in_(bindparam("ids", expanding=True)))


def lock(connection: Connection, hall: str, ids: Collection[str]) -> set[str]:
    """Lock cases in id order, after the tickets in the lock order of sync.md section 1; return those that there are."""
    return set(connection.execute(_LOCK, {"of_hall": hall, "ids": padded(sorted(ids))}).scalars())


def get(connection: Connection, hall: str, case_id: str) -> MirroredCase | None:
    """Return one case and lock its row."""
    row = connection.execute(_GET, {"of_hall": hall, "of_case": case_id}).first()
    return _case(row) if row else None


def whole(connection: Connection, hall: str, case_id: str) -> tuple[MirroredCase, bytes] | None:
    """Return one case with its sealed record and lock its row."""
    row = connection.execute(_WHOLE, {"of_hall": hall, "of_case": case_id}).first()
    return (_case(row[:-1]), row[-1]) if row else None


def add_all(connection: Connection, new: Sequence[tuple[MirroredCase, bytes]]) -> None:
    """Insert cases, each with its sealed record.

    Raises:
        DuplicateNumber: a number is taken; the transaction must go back to its savepoint.
    """
    try:
        _ROWS.add(connection, [(*_VALUES(each), sealed) for each, sealed in new])
    except IntegrityError as error:
        raise DuplicateNumber from error


def replace(connection: Connection, new: MirroredCase, sealed: bytes, since_ms: int | None = None) -> None:
    """Overwrite a case whose row is locked; ``since_ms`` is when its state began, None where it goes on."""
    began = {} if since_ms is None else {"state_since_ms": since_ms}
    connection.execute(
        update(case)
        .where(case.c.hall == new.hall, case.c.case_id == new.case_id)
        .values(**plain(new), sealed=sealed, **began)
    )


def standing(connection: Connection, hall: str, kept: str) -> Iterator[dict[str, Any]]:
    """Return the mirrored rows of the cases that go on, and of those taken in since that business date (ISO).

    They come by their ids.
    """
    return mirrored(connection, _STANDING, {"of_hall": hall, "kept": kept}, _NAMES)


def named(connection: Connection, hall: str, ids: Collection[str]) -> Iterator[dict[str, Any]]:
    """Return the mirrored rows of those of the cases that there are."""
    return mirrored(connection, _NAMED, {"of_hall": hall, "ids": padded(ids)}, _NAMES)


def _case(row: object) -> MirroredCase:
    found = MirroredCase(*row)  # type: ignore[misc] # the row has exactly these columns
    return MirroredCase(**{**plain(found), "state": CaseState(found.state)})
