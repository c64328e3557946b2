"""The short form of ``make fire-full``: counter and server on disks that are full to the last byte, then have room."""

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("neither a tmpfs nor a limit of sizes", allow_module_level=True)

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "integration")]

import http_server  # noqa: E402 - test folders are no packages
from full_disk import start  # noqa: E402


def test_what_was_said_before_a_full_disk_is_there_and_work_goes_on_when_there_is_room(
    server: http_server.Server, tmp_path: Path
) -> None:
    said = start(server, tmp_path, seed=6, rounds=2)
    assert said["faults"] == [], said
    assert said["acceptances"] > 0
    assert said["acknowledged"] > said["acceptances"]
