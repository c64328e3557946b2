"""What the database alone takes: the very statements that pushes make, sent again by psycopg to another copy."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from clients import push_of, service_on
from ground import token
from month_counter import Counter
from sqlalchemy import event

from app.domain.operation import Operation
from sync.server.storage.engine import Storage
from sync.server.storage.rows import copies, copy

if TYPE_CHECKING:
    import psycopg

Statement = tuple[str, Any, bool]
"""The statement, its parameters, and whether they are of many rows."""
CONNECTIONS = 2
"""As many as the product has processes."""


def recorded(storage: Storage, pushes: Sequence[tuple[Counter, list[Operation]]]) -> list[list[Statement]]:
    """Push in this process and return, of every push, each statement that locks or writes."""
    service, kept = service_on(storage), list[list[Statement]]()

    def keep(_connection: Any, _cursor: Any, said: str, values: Any, _context: Any, many: Any) -> None:
        if said.startswith(("INSERT", "UPDATE", "DELETE")) or "FOR UPDATE" in said or copies(said):
            kept[-1].append((said, values, many))

    event.listen(storage.engine, "before_cursor_execute", keep)
    for counter, operations in pushes:
        kept.append([])
        server = service.as_caller(service.authenticate(token(counter.window)))
        answer = server.push(push_of(counter, operations))
        assert {each.status for each in answer.results} == {"applied"}, answer.results
    event.remove(storage.engine, "before_cursor_execute", keep)
    return kept


def replay(connect: Callable[[], "psycopg.Connection[Any]"], batches: Sequence[list[Statement]]) -> float:
    """Send the batches, a transaction each, over two connections at a time; return the seconds it took."""

    def share(at: int) -> None:
        with connect() as connection:
            for batch in batches[at::CONNECTIONS]:
                with connection.transaction(), connection.cursor() as cursor:
                    for said, values, many in batch:
                        if copies(said):
                            copy(cursor, said, values)
                        else:
                            (cursor.executemany if many else cursor.execute)(said, values)

    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(share, range(CONNECTIONS)))
    return time.perf_counter() - began
