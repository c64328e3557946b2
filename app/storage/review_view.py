"""Cases of other windows that came here whole: read for the desk behind the window, and kept as they arrive."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from app.domain.case import Case, CaseState
from app.domain.catalogue.organisation import ALL_ITEMS
from app.domain.record import names
from app.ports.replica import UnreadableRow
from app.ports.review_store import Unread
from app.storage import case_index, rows
from app.storage.engine import Database
from app.storage.mirror_tables import HALL_CASE
from app.storage.tables import CASE

_NEEDED = frozenset({"case_id", "case_no", "state", "rev", "item_id", "department", "applicant", "accepted_on"})


class ReviewView:
    """Implements ``app.ports.review_store.ReviewReading`` on the connection of a view."""

    _connection: Connection

    def cases_standing(self, states: Collection[CaseState]) -> Sequence[Case]:
        """See ``ReviewReading``."""
        standing = select(CASE).where(CASE.c.urgency.is_not(None), CASE.c.state.in_(sorted(states)))
        found = self._connection.execute(standing.order_by(CASE.c.urgency, CASE.c.case_id)).mappings()
        return [rows.case_of(row) for row in found]

    def case_whole(self, case_id: str) -> bool:
        """See ``ReviewReading``."""
        told = HALL_CASE.c.rev <= CASE.c.whole_rev
        held = (
            select(CASE.c.case_id)
            .outerjoin(HALL_CASE, HALL_CASE.c.case_id == CASE.c.case_id)
            .where(CASE.c.case_id == case_id, CASE.c.whole_rev >= CASE.c.rev, or_(HALL_CASE.c.rev.is_(None), told))
        )
        return self._connection.execute(held).first() is not None


class CounterRecords:
    """Implements ``app.ports.review_store.RecordStore``; may be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unread(self, items: Collection[str], states: Collection[CaseState], limit: int) -> Sequence[Unread]:
        """See ``RecordStore``."""
        everything = ALL_ITEMS in items
        in_part = select(CASE.c.case_id, CASE.c.rev).where(CASE.c.rev > CASE.c.whole_rev)
        missing = (
            select(HALL_CASE.c.case_id, HALL_CASE.c.rev)
            .outerjoin(CASE, CASE.c.case_id == HALL_CASE.c.case_id)
            .where(HALL_CASE.c.state.in_(sorted(states)), CASE.c.case_id.is_(None))
        )
        if not everything:
            in_part = in_part.where(CASE.c.item_id.in_(sorted(items)))
            missing = missing.where(HALL_CASE.c.item_id.in_(sorted(items)))
        with self._database.read() as connection:
            # Two questions, each along an index: this is asked whenever the feed told of anything.
            found = [*connection.execute(in_part.limit(limit)), *connection.execute(missing.limit(limit))]
        return [Unread(row.case_id, row.rev) for row in found[:limit]]

    def keep(self, records: Sequence[dict[str, Any]]) -> int:
        """See ``RecordStore``."""
        cases = [_case(each) for each in records]
        new = 0
        with self._database.write() as connection:
            for case in cases:
                held = select(CASE.c.whole_rev).where(CASE.c.case_id == case.case_id)
                whole = connection.execute(held).scalar_one_or_none()
                if whole is not None and whole >= case.rev:
                    continue
                rows.put(connection, CASE, "case_id", rows.case_row(case))
                case_index.index(connection, case)
                new += 1
        return new


def _case(record: dict[str, Any]) -> Case:
    known = {name: record[name] for name in names(Case) if name in record}
    if not known.keys() >= _NEEDED:
        raise UnreadableRow("case")
    try:
        return Case(**{**known, "state": CaseState(record["state"])})
    except (TypeError, ValueError) as error:
        raise UnreadableRow("case") from error
