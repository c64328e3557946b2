"""Wrong answers, shared by all processes, under a mark that tells nothing without the key: no address, no number.

They belong to no hall: who guesses at an address guesses at all of them.
"""

import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import BigInteger, Column, Connection, Index, String, Table, Text, delete, insert, select, update

from sync.server.storage.tables import metadata

attempt = Table(
    "attempt",
    metadata,
    Column("mark", String(32), primary_key=True),
    Column("moments", Text, nullable=False),
    Column("last_ms", BigInteger, nullable=False),
    Index(None, "last_ms"),
)


def locked(connection: Connection, marks: Collection[str]) -> dict[str, list[int]]:
    """Return when there was a wrong answer under each mark (UTC milliseconds), and lock the rows in their order."""
    wanted = select(attempt.c.mark, attempt.c.moments).where(attempt.c.mark.in_(sorted(marks)))
    rows = connection.execute(wanted.order_by(attempt.c.mark).with_for_update()).all()
    return {row.mark: json.loads(row.moments) for row in rows}


def keep(connection: Connection, moments: Mapping[str, Sequence[int]], held: Collection[str]) -> None:
    """Let there be these moments under each mark, and no others; none at all is no row.

    ``held`` are the marks whose rows are locked. A row that came since is not overwritten: its key is taken, and the
    transaction runs again.
    """
    for mark, each in sorted(moments.items()):
        values = {"moments": json.dumps(list(each)), "last_ms": max(each, default=0)}
        if mark not in held:
            connection.execute(insert(attempt).values(mark=mark, **values))
        elif each:
            connection.execute(update(attempt).where(attempt.c.mark == mark).values(values))
        else:
            connection.execute(delete(attempt).where(attempt.c.mark == mark))


def forget(connection: Connection, before_ms: int) -> None:
    """Drop what was last added to before then."""
    connection.execute(delete(attempt).where(attempt.c.last_ms < before_ms))
