"""What a store told in the life before it: told again to a restored server, and to no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.renewal import Why
from app.storage.former import CounterFormerChains
from app.storage.opening import open_file
from app.storage.renewal import Keys, make_anew
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer

SEED = bytes(range(32))


@contextmanager
def made_anew(kit: Any, folder: Path) -> Iterator[tuple[CounterReplica, CounterFormerChains]]:
    """Yield the store that follows this one, not registered yet."""
    kit.database.close()
    make_anew(folder / "counter.db", folder / "anew.db", Keys(bytes(32), SEED), kit.clock, Why.DAMAGED, folder="")
    database = open_file(folder / "anew.db", bytes(32), kit.clock)
    try:
        yield CounterReplica(database, kit.clock), CounterFormerChains(database, Ed25519Signer(SEED))
    finally:
        database.close()


@pytest.mark.parametrize(("server", "told_again"), [("same", []), ("restored", [1])])
def test_a_server_restored_while_the_store_was_made_anew_is_told_again(
    file_kit: Any, clerk: Clerk, tmp_path: Path, server: str, told_again: list[int]
) -> None:
    with file_kit.store.begin() as work:
        work.append(OperationDraft("day.opened", "window", "A01", {"business_date": "2026-11-23"}, clerk.at("A01")))
    file_kit.replica.acknowledge(1, {})
    counter, knew = file_kit.replica.counter(), file_kit.replica.server_incarnation()
    with made_anew(file_kit, tmp_path) as (replica, former):
        replica.register(counter, knew if server == "same" else "restored")
        run = former.next_run(20)
        assert [each.seq for each in (run.operations if run else ())] == told_again


def test_where_nothing_is_former_nothing_is_read_again(kit: Any) -> None:
    former = CounterFormerChains(kit.database, Ed25519Signer(bytes(32)))
    assert former.next_run(20) is None
    seen: list[str] = []

    def note(*run: Any) -> None:
        seen.append(run[2])

    kit.replica.set_server_offset(5)
    event.listen(kit.database.engine, "before_cursor_execute", note)
    try:
        assert former.next_run(20) is None
    finally:
        event.remove(kit.database.engine, "before_cursor_execute", note)
    assert seen == []
