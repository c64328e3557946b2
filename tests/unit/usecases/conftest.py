"""A counter in the middle of its day, and a way to count commits."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from app.domain.clerk import Clerk
from app.storage.slip_files import load_templates
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.open_day import open_day


@pytest.fixture
def templates() -> Any:
    return load_templates()


@pytest.fixture
def open_kit(kit: Any, clerk: Clerk) -> Any:
    open_day(kit.store, kit.clock, clerk)
    return kit


@pytest.fixture
def serving_kit(open_kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> Any:
    """Ticket A012 is being served."""
    call_next(open_kit.store, open_kit.clock, queue(ticket("A012")), clerk)
    arrive(open_kit.store, open_kit.clock, clerk)
    return open_kit


@pytest.fixture
def commits() -> Any:
    """Return the commits that a database made within a block."""

    @contextlib.contextmanager
    def watch(database: Any) -> Iterator[Any]:
        seen = []

        def commit(connection: Any) -> None:
            seen.append(connection)

        event.listen(database.engine, "commit", commit)
        try:
            yield seen
        finally:
            event.remove(database.engine, "commit", commit)

    return watch
