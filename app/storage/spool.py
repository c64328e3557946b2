"""The durable print spool as the printer thread sees it."""

from sqlalchemy import Connection, select, update

from app.ports.spool import JobState, PrintJob
from app.storage import rows
from app.storage.engine import Database
from app.storage.tables import PRINT_JOB


class CounterSpool:
    """Implements ``app.ports.spool.Spool``; may be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_queued(self) -> PrintJob | None:
        """See ``Spool``."""
        with self._database.read() as connection:
            unsettled = _first(connection, JobState.UNKNOWN, JobState.SENDING)
            return None if unsettled else _first(connection, JobState.QUEUED)

    def claim(self, job_id: str) -> bool:
        """See ``Spool``."""
        queued = (PRINT_JOB.c.job_id == job_id) & (PRINT_JOB.c.state == JobState.QUEUED)
        with self._database.write() as connection:
            return connection.execute(update(PRINT_JOB).where(queued).values(state=JobState.SENDING)).rowcount == 1

    def torn_before(self, job_id: str) -> bool:
        """See ``Spool``. What was written by hand never went to the printer."""
        here = select(PRINT_JOB.c.position).where(PRINT_JOB.c.job_id == job_id).scalar_subquery()
        sent = PRINT_JOB.c.state.in_((JobState.PRINTED, JobState.LOST, JobState.VOIDED))
        before = select(PRINT_JOB.c.state).where(PRINT_JOB.c.position < here, sent)
        with self._database.read() as connection:
            last = connection.execute(before.order_by(PRINT_JOB.c.position.desc()).limit(1)).scalar()
        return last == JobState.LOST

    def mark(self, job_id: str, state: JobState) -> None:
        """See ``Spool``."""
        with self._database.write() as connection:
            connection.execute(update(PRINT_JOB).where(PRINT_JOB.c.job_id == job_id).values(state=state))

    def recover(self) -> list[PrintJob]:
        """See ``Spool``."""
        with self._database.write() as connection:
            sending = PRINT_JOB.c.state == JobState.SENDING
            connection.execute(update(PRINT_JOB).where(sending).values(state=JobState.UNKNOWN))
            unknown = select(PRINT_JOB).where(PRINT_JOB.c.state == JobState.UNKNOWN).order_by(PRINT_JOB.c.position)
            return [rows.job_of(row) for row in connection.execute(unknown).mappings()]


def _first(connection: Connection, *states: JobState) -> PrintJob | None:
    oldest = select(PRINT_JOB).where(PRINT_JOB.c.state.in_(states)).order_by(PRINT_JOB.c.position).limit(1)
    row = connection.execute(oldest).mappings().first()
    return None if row is None else rows.job_of(row)
