"""The short form of ``make fire-power``: what counter and server said is on the disk whenever the power goes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import power_server
from power import check, record


def test_a_power_cut_loses_no_act_that_was_said_and_leaves_none_half(tmp_path: Path) -> None:
    found = check(*record(tmp_path, 6), count=100, seed=6)
    assert found["images"] == 100
    assert found["faulty"] == 0, found


def test_a_store_that_does_not_wait_for_the_disk_is_seen_to_lose(tmp_path: Path) -> None:
    assert check(*record(tmp_path, 6, careless=True), count=30, seed=6)["lost"] > 0


def test_a_power_cut_of_the_server_loses_nothing_that_it_answered(tmp_path: Path) -> None:
    found = power_server.check(power_server.record(tmp_path, 6), count=100, seed=6)
    assert found["images"] == 100
    assert found["faulty"] == 0, found


def test_a_server_that_does_not_wait_for_the_disk_is_seen_to_lose(tmp_path: Path) -> None:
    assert power_server.check(power_server.record(tmp_path, 6, careless=True), count=20, seed=6)["lost"] > 0
