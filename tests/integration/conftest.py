"""Live demo halls for all who look at them, one on each kind of database: hashing their passwords takes seconds."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# What these tests share stands beside this file, and test folders are no packages.
sys.path.append(str(Path(__file__).parent))

import http_server
import pytest
from live_hall import Server


@pytest.fixture(scope="session")
def server(rested: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(shutil.copytree(rested, tmp_path_factory.mktemp("live") / "server"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def rested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data directory of a demo hall that was set up and stopped: who copies it starts without hashing."""
    made = http_server.Server(tmp_path_factory.mktemp("rested")).start()
    assert made.stop() == 0
    return made.data


@pytest.fixture(scope="session")
def two_processes(postgres: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[http_server.Server]:
    """A server of two processes on PostgreSQL, not yet started."""
    made = http_server.Server(tmp_path_factory.mktemp("several"), postgres.create("several"))
    yield made
    if made.runs():
        assert made.stop() == 0


@pytest.fixture(scope="module")
def several(two_processes: http_server.Server) -> http_server.Server:
    """The same, serving: a test may have ended it."""
    return two_processes if two_processes.runs() else two_processes.start("--workers", "2")
