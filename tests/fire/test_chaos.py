"""The short form of ``make fire-lines``: lines break between real processes, and nothing is lost and nothing twice."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "integration")]

import http_server  # noqa: E402 - test folders are no packages
from chaos import CARELESS, Plan, storm  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the windows are forks of one process")


def test_lines_that_break_lose_nothing_and_call_nobody_twice_and_a_careless_window_is_seen(
    server: http_server.Server, tmp_path: Path
) -> None:
    plan = Plan(2.0, tickets=12, clerks={"A01": "0301", "A03": "0302"}, careless=True, answer_s=1.0)
    found = storm(server, tmp_path / "windows", plan, seed=4)
    print(found.line())
    lost = found.faults.pop(CARELESS)
    assert lost
    assert all("called 0 times" in each for each in lost), lost
    assert not any(found.faults.values()), found.faults
    assert all(each.acked for each in found.said.values())
