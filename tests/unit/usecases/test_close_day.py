"""The day that is over is told with its numbers before the next is opened; no number is drawn on a full disk."""

from typing import Any

import pytest
from sqlalchemy import insert

from app.domain.clerk import Clerk
from app.domain.disk_room import Room, room_of
from app.domain.work.card import WorkCard
from app.storage.tables import SERIAL
from app.usecases.acting import ActRefused
from app.usecases.open_day import open_day
from app.usecases.room import require_room

DAY_MS = 86_400_000


def told(kit: Any) -> list[Any]:
    return [(each.kind, each.payload) for each in kit.replica.pending(9) if each.kind.startswith("day.")]


def test_the_first_opening_closes_nothing_and_each_later_one_the_day_before(kit: Any, clerk: Clerk) -> None:
    assert open_day(kit.store, kit.clock, clerk)
    assert not open_day(kit.store, kit.clock, clerk)
    with kit.database.write() as connection:
        connection.execute(insert(SERIAL).values(series="case/20261123", last=3))
    kit.clock.advance(DAY_MS)
    assert open_day(kit.store, kit.clock, clerk)
    assert [kind for kind, _ in told(kit)] == ["day.opened", "day.closed", "day.opened"]
    closed = kit.replica.pending(9)[1]
    numbers = {"business_date": "2026-11-23", "first": 1, "last": 3, "count": 0, "head": closed.prev_hash}
    assert told(kit)[1][1] == numbers, "the cases are counted, not taken from the series"


def test_a_day_without_a_number_is_closed_as_such(kit: Any, clerk: Clerk) -> None:
    open_day(kit.store, kit.clock, clerk)
    kit.clock.advance(3 * DAY_MS)
    open_day(kit.store, kit.clock, clerk)
    payload = told(kit)[1][1]
    assert (payload["first"], payload["last"], payload["count"]) == (None, None, 0)


@pytest.mark.parametrize(
    ("used", "room"),
    [
        (0.0, Room.PLENTY),
        (0.799, Room.PLENTY),
        (0.8, Room.LITTLE),
        (0.9, Room.NO_SCANS),
        (0.969, Room.NO_SCANS),
        (0.97, Room.NO_CASES),
        (1.0, Room.NO_CASES),
    ],
)
def test_a_disk_is_warned_of_then_takes_no_scans_then_no_new_cases(used: float, room: Room) -> None:
    assert room_of(used) is room
    card = WorkCard(1, "t", "A001", "A", ())
    if room is not Room.NO_CASES:
        require_room(used, card)
        return
    with pytest.raises(ActRefused, match="disk_no_cases"):
        require_room(used, card)
