"""What cases are found by: rows of words, looked up by beginning or as a whole, on either database."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, exists, func, select, union

from app.domain.case import CaseState
from sync.server.storage.cases import MirroredCase
from sync.server.storage.rows import Rows
from sync.server.storage.search_tables import case_word
from sync.server.storage.tables import case

SELECTIVE = 20_000
"""A word of fewer cases is looked up; where all words have more, the newest cases are walked instead."""

_ROWS = Rows(case_word, ("hall", "case_id", "word"))
_OF_CASE = (case_word.c.hall == bindparam("of_hall"), case_word.c.case_id == bindparam("of_case"))
_KNOWN = select(case_word.c.word).where(*_OF_CASE)
_FORGET = delete(case_word).where(*_OF_CASE, case_word.c.word == bindparam("of_word"))
_COLUMNS = tuple(case.c[field.name] for field in fields(MirroredCase))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token: words that begin with ``clear``, or the word that is ``marked``."""

    clear: bytes
    marked: bytes

    def matches(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """Return both conditions on a row of words."""
        word = case_word.c.word
        return (word >= self.clear) & (word < self.clear + b"\xff"), word == self.marked


@dataclass(frozen=True, slots=True)
class Words:
    """What one case is found by."""

    hall: str
    case_id: str
    words: frozenset[bytes]


def add(connection: Connection, new: Sequence[Words]) -> None:
    """Let cases that were not there before be found by these words."""
    _ROWS.add(connection, [(of.hall, of.case_id, each) for of in new for each in sorted(of.words)])


def replace(connection: Connection, new: Words) -> None:
    """Let a case be found by exactly these words; nothing is written while they stay the same."""
    of = {"of_hall": new.hall, "of_case": new.case_id}
    known = frozenset(bytes(each) for each in connection.execute(_KNOWN, of).scalars())
    if gone := known - new.words:
        connection.execute(_FORGET, [{**of, "of_word": each} for each in sorted(gone)])
    add(connection, [Words(new.hall, new.case_id, new.words - known)])


def find(connection: Connection, hall: str, wanted: Sequence[Wanted], most: int) -> list[tuple[MirroredCase, bytes]]:
    """Return the newest cases that have every word, with their sealed records; case numbers grow with time (UUIDv7)."""
    counts = [_count(connection, hall, each) for each in wanted]
    rarest = min(range(len(wanted)), key=counts.__getitem__)
    query = select(*_COLUMNS, case.c.sealed).where(case.c.hall == hall)
    if counts[rarest] < SELECTIVE:
        query = query.where(case.c.case_id.in_(_cases_of(hall, wanted[rarest])))
    for at, each in enumerate(wanted):
        if at != rarest or counts[rarest] >= SELECTIVE:
            query = query.where(_has(each))
    rows = connection.execute(query.order_by(case.c.case_id.desc()).limit(most))
    return [_found(row) for row in rows]


def get(connection: Connection, hall: str, case_id: str) -> tuple[MirroredCase, bytes] | None:
    """Return one case with its sealed record."""
    row = connection.execute(
        select(*_COLUMNS, case.c.sealed).where(case.c.hall == hall, case.c.case_id == case_id)
    ).first()
    return _found(row) if row else None


def unindexed(connection: Connection, most: int) -> list[tuple[MirroredCase, bytes]]:
    """Return cases that have no words yet."""
    rows = connection.execute(
        select(*_COLUMNS, case.c.sealed)
        .where(~exists().where(case_word.c.hall == case.c.hall, case_word.c.case_id == case.c.case_id))
        .limit(most)
    )
    return [_found(row) for row in rows]


def _cases_of(hall: str, wanted: Wanted) -> Select[tuple[str]]:
    # Two lookups side by side: an OR over one index is walked from end to end.
    either = [select(case_word.c.case_id).where(case_word.c.hall == hall, each) for each in wanted.matches()]
    return select(union(*either).subquery().c.case_id)


def _count(connection: Connection, hall: str, wanted: Wanted) -> int:
    """Return how many cases have the word, counting no further than needed."""
    total = 0
    for each in wanted.matches():
        some = select(case_word.c.case_id).where(case_word.c.hall == hall, each).limit(SELECTIVE).subquery()
        total += connection.execute(select(func.count()).select_from(some)).scalar_one()
    return total


def _has(wanted: Wanted) -> ColumnElement[bool]:
    clear, marked = wanted.matches()
    return exists().where(case_word.c.hall == case.c.hall, case_word.c.case_id == case.c.case_id, clear | marked)


def _found(row: object) -> tuple[MirroredCase, bytes]:
    *values, sealed = tuple(row)  # type: ignore[arg-type,var-annotated] # a row is a tuple of these columns
    found = MirroredCase(*values)
    return MirroredCase(**{**asdict(found), "state": CaseState(found.state)}), bytes(sealed)
