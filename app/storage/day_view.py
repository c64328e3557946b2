"""The numbers of one business day, counted where they were given out."""

from datetime import date

from sqlalchemy import Connection, func, select

from app.domain.day_close import DayNumbers
from app.domain.intake import case_series
from app.storage import rows
from app.storage.tables import CASE, SERIAL


class DayView:
    """Implements ``app.ports.day_store.DayReading``."""

    _connection: Connection

    def day_numbers(self, business_date: date) -> DayNumbers:
        """See ``DayReading``."""
        state = rows.state(self._connection)
        given = select(SERIAL.c.last).where(SERIAL.c.series == case_series(business_date))
        last = self._connection.execute(given).scalar()
        counted = select(func.count()).where(
            CASE.c.counter == state["counter"], CASE.c.business_date == business_date.isoformat()
        )
        count = self._connection.execute(counted).scalar_one()
        return DayNumbers(None if last is None else 1, last, count, state["last_hash"])
