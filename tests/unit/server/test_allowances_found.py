"""What a manager allowed a notice to add is found by the case, however much a computer said in all its years."""

from typing import Any

import pytest
from sqlalchemy import event

from sync.server.storage import operations


@pytest.fixture
def said(hall: Any) -> list[tuple[str, Any]]:
    """The statements asked for, with their values."""
    found: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        found.append((statement, values))

    event.listen(hall.storage.engine, "before_cursor_execute", keep)
    return found


def test_they_are_counted_through_their_own_index(hall: Any, said: list[tuple[str, Any]]) -> None:
    counter = hall.counter("A01")
    like = counter.accepted()
    said.clear()
    assert hall.storage.read(lambda connection: operations.allowances(connection, "9901", like)) == 0
    [(statement, values)] = [each for each in said if "FROM operation" in each[0]]
    with hall.storage.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")  # the table is empty: it would be read whole
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars().all()
        else:
            plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert any("ix_operation_notice_extended" in each for each in plan), plan
