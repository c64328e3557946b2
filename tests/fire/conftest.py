"""One demo hall's server in a process of its own for all who kill, cut and drown it: its passwords are hashed once."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "integration")]

import http_server  # noqa: E402 - test folders are no packages


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[http_server.Server]:
    running = http_server.Server(tmp_path_factory.mktemp("server")).start()
    yield running
    if running.runs():
        running.stop()


@pytest.fixture
def server(hall: http_server.Server) -> http_server.Server:
    """The same, serving: a test may have ended it."""
    return hall if hall.runs() else hall.start()
