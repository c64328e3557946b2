"""A store without a life before is asked once whether there is one: nothing of the kind comes while it is open."""

from typing import Any

from sqlalchemy import event

from app.storage.former import CounterFormerChains
from app.storage.signer import Ed25519Signer


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
