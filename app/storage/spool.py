"""The durable print spool as a printer thread sees it: the papers that are to come out its way."""

from sqlalchemy import ColumnElement, Connection, select, update

from app.ports.spool import JobState, PrintJob, PrintWay
from app.storage import rows
from app.storage.engine import Database
from app.storage.tables import PRINT_JOB


class CounterSpool:
    """Implements ``app.ports.spool.WaySpool``; may be used from any thread. Each way has a spool and a thread."""

    def __init__(self, database: Database, way: PrintWay = PrintWay.OWN) -> None:
        self._database = database
        self._way = way

    def next_queued(self) -> PrintJob | None:
        """See ``Spool``."""
        with self._database.read() as connection:
            unsettled = self._first(connection, JobState.UNKNOWN, JobState.SENDING)
            return None if unsettled else self._first(connection, JobState.QUEUED)

    def claim(self, job_id: str) -> bool:
        """See ``Spool``."""
        with self._database.write() as connection:
            claimed = update(PRINT_JOB).where(self._queued(job_id)).values(state=JobState.SENDING)
            return connection.execute(claimed).rowcount == 1

    def give_back(self, job_id: str) -> bool:
        """See ``WaySpool``."""
        with self._database.write() as connection:
            given = update(PRINT_JOB).where(self._queued(job_id)).values(way=PrintWay.OWN)
            return connection.execute(given).rowcount == 1

    def close_way(self) -> None:
        """Nobody prints this way any more: what was being sent is in doubt, what waits goes back to the own printer."""
        with self._database.write() as connection:
            self._doubt(connection)
            waiting = (PRINT_JOB.c.state == JobState.QUEUED) & self._mine
            connection.execute(update(PRINT_JOB).where(waiting).values(way=PrintWay.OWN))

    def torn_before(self, job_id: str) -> bool:
        """See ``Spool``. What was written by hand never went to the printer."""
        here = select(PRINT_JOB.c.position).where(PRINT_JOB.c.job_id == job_id).scalar_subquery()
        sent = PRINT_JOB.c.state.in_((JobState.PRINTED, JobState.LOST, JobState.VOIDED))
        before = select(PRINT_JOB.c.state).where(PRINT_JOB.c.position < here, sent, self._mine)
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
            self._doubt(connection)
            unknown = select(PRINT_JOB).where(PRINT_JOB.c.state == JobState.UNKNOWN, self._mine)
            found = connection.execute(unknown.order_by(PRINT_JOB.c.position)).mappings()
            return [rows.job_of(row) for row in found]

    def _doubt(self, connection: Connection) -> None:
        sending = (PRINT_JOB.c.state == JobState.SENDING) & self._mine
        connection.execute(update(PRINT_JOB).where(sending).values(state=JobState.UNKNOWN))

    @property
    def _mine(self) -> ColumnElement[bool]:
        return PRINT_JOB.c.way == self._way

    def _queued(self, job_id: str) -> ColumnElement[bool]:
        return (PRINT_JOB.c.job_id == job_id) & (PRINT_JOB.c.state == JobState.QUEUED) & self._mine

    def _first(self, connection: Connection, *states: JobState) -> PrintJob | None:
        oldest = select(PRINT_JOB).where(PRINT_JOB.c.state.in_(states), self._mine)
        row = connection.execute(oldest.order_by(PRINT_JOB.c.position).limit(1)).mappings().first()
        return None if row is None else rows.job_of(row)
