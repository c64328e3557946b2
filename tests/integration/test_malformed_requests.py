"""Malformed requests: none is answered 5xx, no line stays open; a hundred thousand of them: ``make bombard``."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import http_server

sys.path.append(str(Path(__file__).parents[1] / "bench_server"))

from bombard import shelled
from malformed import Malformed

COUNT = 1_000


def test_malformed_requests_leave_nothing_behind(rested: Path, tmp_path: Path) -> None:
    server = http_server.copied(rested, tmp_path).start()
    assert server.process is not None
    try:
        said = server.ask("GET", "/schema/openapi.json").json
        made = Malformed(11, said, list(server.credentials["tokens"].values()))
        assert shelled(server.process.pid, urlsplit(server.url).port or 0, made, COUNT) == []
        assert server.issue().status == 201
    finally:
        assert server.stop() == 0
