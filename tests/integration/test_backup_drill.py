"""Yesterday's backup, today's work, the disk gone: after the restore the counters bring back all they were promised.

``DRILL_ROUNDS`` sets how many drills with seeds of their own run on each database (``make drill``).
"""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from drill import WINDOWS, DrillHall
from http_server import Server

ROUNDS = int(os.environ.get("DRILL_ROUNDS", "1"))
CASES = [(kind, seed) for kind in ("sqlite", "postgresql") for seed in range(ROUNDS)]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def hall(request: pytest.FixtureRequest, rested: Path, tmp_path: Path, citizen: Any) -> Iterator[DrillHall]:
    kind, seed = request.param
    shutil.copytree(rested, tmp_path / "server")
    made = DrillHall(Server(tmp_path / "server"), tmp_path, citizen, random.Random(seed))
    if kind == "postgresql":
        made.backup(tmp_path / "rested.ckbackup")
        made.destroy()
        made.restore(tmp_path / "rested.ckbackup", request.getfixturevalue("postgres").create(f"drill_{uuid4().hex}"))
    made.workers = 2 if kind == "postgresql" else 1
    try:
        made.start()
        made.open_windows()
        yield made
    finally:
        made.close()


def fresh_database(request: pytest.FixtureRequest, hall: DrillHall) -> str:
    if hall.server.db:
        url: str = request.getfixturevalue("postgres").create(f"drill_{uuid4().hex}")
        return url
    return f"sqlite:///{hall.server.data}/server.db"


def test_after_a_restore_the_same_operations_are_there_once_and_the_hall_goes_on(
    hall: DrillHall, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    length = 12 if ROUNDS == 1 else hall.chance.randrange(8, 60)
    hall.work(length)
    stays = hall.take_number()
    backup = tmp_path / "backups" / "one.ckbackup"
    hall.backup(backup)
    at_backup, anchors = {op_id for op_id, *_ in hall.held()}, hall.anchors()
    assert anchors, "the server wrote none"
    hall.work(length)
    lost = [hall.take_number() for _ in range(3)]
    hall.settle()
    before, tables = hall.held(), hall.mirrored()
    assert at_backup < {op_id for op_id, *_ in before}
    assert {status for _, status, _ in before} == {"applied"}

    hall.end()
    hall.destroy()
    assert not hall.anchors()
    hall.restore(backup, fresh_database(request, hall))
    assert hall.anchors() == anchors
    assert {op_id for op_id, *_ in hall.held()} == at_backup
    hall.start()
    order = hall.chance.sample(WINDOWS, len(WINDOWS))
    for window in order[:-1]:
        hall.settle(window)
        assert hall.server.call(order[0]).json["error"] == "recovering"
    hall.settle()
    hall.settle()

    assert hall.held() == before
    after = hall.mirrored()
    assert {row["case_no"] for row in after["case"]} == {row["case_no"] for row in tables["case"]}
    known = {row["number"]: (row["state"], row["window"]) for row in tables["ticket"]}
    assert {row["number"]: (row["state"], row["window"]) for row in after["ticket"]} == {
        number: stand for number, stand in known.items() if stand[0] != "waiting" or number not in _since(hall, stays)
    }
    hall.assert_even()

    hall.finish_open()
    for window, number in zip(WINDOWS, lost, strict=True):
        if number not in hall.announced:
            hall.serve_presented(window, number)
    fresh = hall.take_number()
    assert int(fresh[1:]) > max(int(number[1:]) for number in hall.numbers[:-1])
    hall.settle()
    hall.work(6)
    hall.finish_open()
    hall.settle()
    assert {status for _, status, _ in hall.held()} == {"applied"}
    hall.assert_even()
    assert hall.anchors().items() >= anchors.items()
    hall.verify()


def _since(hall: DrillHall, number: str) -> list[str]:
    """Return the numbers given out after this one."""
    return hall.numbers[hall.numbers.index(number) + 1 :]
