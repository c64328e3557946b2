"""Cases by what stands on the citizen's paper."""

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select

from app.domain.case import Case, CaseState
from app.storage import rows
from app.storage.mirror_tables import HALL_CASE
from app.storage.tables import CASE


class CaseView:
    """Implements ``app.ports.case_store.CaseReading`` on the connection of a view."""

    _connection: Connection

    def cases_named(self, text: str) -> Sequence[Case]:
        """See ``CaseReading``."""
        named = select(CASE).where(or_(CASE.c.case_no == text, CASE.c.query_code == text)).order_by(CASE.c.case_id)
        return [rows.case_of(row) for row in self._connection.execute(named).mappings()]

    def case_heard(self, case_id: str) -> tuple[CaseState, int] | None:
        """See ``CaseReading``."""
        told = select(HALL_CASE.c.state, HALL_CASE.c.rev).where(HALL_CASE.c.case_id == case_id)
        row = self._connection.execute(told).first()
        return None if row is None else (CaseState(row.state), row.rev)
