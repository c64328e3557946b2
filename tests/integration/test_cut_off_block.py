"""A window that is cut off calls its reserved block, the manager fences, and after healing both ends hold the same."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from test_counter_against_server import HALL, Desk, Hall, hall

from app.domain.link import Link
from app.ports.queue_authority import AuthorityUnreachable
from app.ports.wishes import KeptWish
from app.storage.slip_files import load_templates
from app.usecases.call_next import call_next
from app.usecases.call_reserved import call_reserved
from app.usecases.issue_number import issue_number
from app.usecases.miss_ticket import miss_ticket
from app.usecases.open_day import open_day
from app.usecases.release_block import release_block
from app.usecases.reserved import block_left
from sync.client.floor import HttpFloor
from sync.protocol.block_messages import ReserveBlock
from sync.protocol.floor_messages import FenceWindow

__all__ = ["hall"]


def left(desk: Desk) -> list[str]:
    with desk.store.read() as view:
        return [each.number for each in block_left(view, "A01")]


def states(desk: Desk) -> dict[str, Any]:
    return {each["number"]: (each["state"], each["window"]) for each in desk.server.snapshot(HALL).tables["ticket"]}


def test_a_block_is_called_while_cut_off_fenced_and_healed(hall: Hall, tmp_path: Path) -> None:
    desk = Desk(hall, tmp_path / "counter")
    desk.sync()
    clerk = desk.sign_in(hall)
    open_day(desk.store, desk.clock, clerk)
    numbers = [hall.issue("A") for _ in range(4)]
    desk.server.reserve_block(HALL, "A01", ReserveBlock(count=3), uuid4().hex)
    desk.sync()
    assert left(desk) == numbers[:3]

    hall.stop()
    with pytest.raises(AuthorityUnreachable):
        call_next(desk.store, desk.clock, desk.authority, clerk)
    visit = call_reserved(desk.store, desk.clock, clerk)
    assert visit is not None
    assert visit.number == numbers[0]
    assert desk.sync().link is Link.OFFLINE
    miss_ticket(desk.store, desk.clock, clerk)
    assert call_reserved(desk.store, desk.clock, clerk) is not None
    assert [each.number for each in release_block(desk.store, clerk)] == [numbers[2]]

    own = issue_number(desk.store, desk.clock, load_templates(), clerk).number
    assert left(desk) == [own], "whoever wants to wait here gets a number of this window"

    hall.start()
    manager = HttpFloor(hall.url, hall.credentials["tokens"]["manager"], desk.clock)
    window = next(each for each in manager.state(HALL).windows if each.window == "A01")
    assert window.reserved == numbers[:3], "nothing came back by time"
    fence = FenceWindow(called=numbers[:2], epoch=window.block_epoch)
    wish = KeptWish(uuid4().hex, "0901", desk.clock.now_ms(), "windows/A01/fence", msgspec.json.encode(fence).decode())
    assert manager.perform(HALL, wish).returned == (numbers[2],)
    manager.close()

    desk.session._backoff.succeeded()
    status = desk.sync()
    assert (status.link, status.pending, status.conflicts) == (Link.SYNCED, 0, 0)
    found = states(desk)
    assert found[numbers[0]][0] == "missed"
    assert found[numbers[1]] == ("called", "A01")
    assert found[numbers[2]] == ("waiting", None), "the window's own release after the fence changed nothing"
    assert found[own] == ("reserved", "A01")
    assert left(desk) == [own]
    theirs = desk.server.digest(HALL)
    cursor, tables = desk.replica.digest(theirs.since, theirs.kept_from)
    assert cursor == theirs.cursor
    assert tables == {name: (each.count, each.hash) for name, each in theirs.tables.items()}
    desk.close()
