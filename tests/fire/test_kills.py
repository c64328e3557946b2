"""The short form of ``make fire-kills``, and that its observer can see a loss."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "integration")]

import http_server  # noqa: E402 - test folders are no packages
from kills import hasty_kills, kills  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[http_server.Server]:
    running = http_server.Server(tmp_path_factory.mktemp("server")).start()
    yield running
    if running.runs():
        running.stop()


def test_the_observer_sees_a_counter_that_speaks_before_its_commit(server: http_server.Server, tmp_path: Path) -> None:
    found = hasty_kills(server, tmp_path / "hasty", lives=40)
    assert any("is lost" in fault for fault in found), found


def test_nothing_acknowledged_is_lost_or_half_when_counter_and_server_are_killed(
    server: http_server.Server, tmp_path: Path
) -> None:
    done = kills(server, tmp_path / "counter", lives=10, seed=6, server_every=7)
    assert not done.faults
    assert (done.counter >= 10, done.server) == (True, 1)
    assert done.accepted > 0
    assert done.operations > 0
