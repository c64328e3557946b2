"""One live demo hall for all who look at it: hashing its passwords takes seconds."""

import sys
from collections.abc import Iterator
from pathlib import Path

# What these tests share stands beside this file, and test folders are no packages.
sys.path.append(str(Path(__file__).parent))

import pytest
from live_hall import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()
