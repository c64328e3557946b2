"""The short form of ``make fire-kills``, and that its observer can see a loss."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "integration")]

import http_server  # noqa: E402 - test folders are no packages
from kills import Run, hasty_kills, kills  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def test_the_observer_sees_a_counter_that_speaks_before_its_commit(server: http_server.Server, tmp_path: Path) -> None:
    found = hasty_kills(server, tmp_path / "hasty", lives=40)
    assert any("is lost" in fault for fault in found), found


def test_nothing_acknowledged_is_lost_or_half_when_counter_and_server_are_killed(
    server: http_server.Server, tmp_path: Path
) -> None:
    done = kills(server, tmp_path / "counter", lives=10, seed=6, server_every=7)
    assert not done.faults
    assert (done.lives, done.counter >= 10, done.server) == (10, True, 1)
    assert done.accepted > 0
    assert done.operations > 0


def test_a_life_that_hangs_is_ended_and_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kills.LIFE_S", 0.2)
    server = http_server.Server(tmp_path)
    server.url = "http://127.0.0.1:1"
    with subprocess.Popen(["sleep", "100"], text=True) as server.process:
        run = Run(server, tmp_path, seed=1, server_every=1)
        with run._noted("life 1"):
            assert server.process.wait(60) == 0
    assert run.done.hung == 1
    assert [fault.split(":")[0] for fault in run.done.faults] == ["life 1"]
