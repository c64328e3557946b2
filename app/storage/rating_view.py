"""Whether a service was rated here: the counter's own log knows that it was, and nothing here reads how."""

from sqlalchemy import Connection, select

from app.storage import rows
from app.storage.tables import OPERATION

LATELY = 200
"""Operations back in the log: a rating follows its paper within a minute."""


class RatingView:
    """Implements ``app.ports.rating_store.RatingReading``."""

    _connection: Connection

    def is_rated(self, mark: str) -> bool:
        """See ``RatingReading``."""
        last: int = rows.state(self._connection)["last_seq"]
        wire = OPERATION.c.wire
        given = select(OPERATION.c.seq).where(
            OPERATION.c.seq > last - LATELY,
            wire["kind"].as_string() == "rating.given",
            wire["entity_id"].as_string() == mark,
        )
        return self._connection.execute(given.limit(1)).first() is not None
