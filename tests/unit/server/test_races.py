"""A transaction that lost a race runs again, after a pause that the clock's chance decides."""

from dataclasses import dataclass, field

import pytest

from sync.server.storage.engine import Storage, TryAgain, memory_storage
from sync.server.storage.races import ATTEMPTS, Races, pause_ms


@dataclass
class Chance:
    """A clock whose randomness is written down."""

    given: bytes
    asked: list[int] = field(default_factory=list)

    def now_ms(self) -> int:
        return 0

    def monotonic_ms(self) -> int:
        return 0

    def random_bytes(self, count: int) -> bytes:
        self.asked.append(count)
        return self.given


def test_the_pause_is_drawn_from_a_span_that_doubles() -> None:
    assert pause_ms(Chance(bytes(4)), 6) == 0
    assert [round(pause_ms(Chance(b"\x80\0\0\0"), attempt), 3) for attempt in range(3)] == [2.5, 5, 10]
    assert pause_ms(Chance(b"\xff" * 4), 0) < 5


def raced(chance: Chance, times: int) -> str:
    storage = Storage(memory_storage().engine, Races(chance))
    lost = iter(range(times))

    def work(_: object) -> str:
        if next(lost, None) is not None:
            raise TryAgain
        return "written"

    try:
        return storage.write(work)
    finally:
        storage.close()


def test_who_lost_runs_again_and_asks_chance_each_time() -> None:
    chance = Chance(bytes(4))
    assert raced(chance, 3) == "written"
    assert chance.asked == [4, 4, 4]


def test_the_last_attempt_is_told() -> None:
    chance = Chance(bytes(4))
    with pytest.raises(TryAgain):
        raced(chance, ATTEMPTS)
    assert len(chance.asked) == ATTEMPTS - 1


def test_who_closes_waits_for_nobody() -> None:
    races = Races(Chance(b"\xff" * 4))
    races.end()
    races.lost(30)  # would be two months
