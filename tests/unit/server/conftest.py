"""A hall that was at work, to be backed up and restored by the commands."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from app.commands.system_clock import SystemClock
from app.main import main
from sync.server.service.anchor import anchor
from sync.server.service.context import Context
from sync.server.storage.anchor_files import AnchorFiles
from sync.server.storage.blob_files import BlobFiles
from sync.server.storage.cipher import AesGcmCipher, make_key, read_key
from sync.server.storage.engine import open_storage

HALL = "9901"
NAME = "ab" * 16
DAY_MS = 86_400_000


@dataclass
class Place:
    """A furnished hall that did some work, with its key, two days' anchors and a scanned copy.

    ``db`` makes empty databases by kind.
    """

    url: str
    data: Path
    db: Callable[[str], str]
    folder: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: Any, data: Path | None = None) -> list[str]:
        verb, *rest = map(str, arguments)
        return ["server", verb, "--data", str(data or self.data), *rest]

    def backup(self, name: str = "one.ckbackup") -> Path:
        assert main(self.run("backup", "--db", self.url, "--to", self.folder / name)) == 0
        return self.folder / name

    def told(self) -> Any:
        """Return what the last command said."""
        return json.loads(self.capsys.readouterr().out.splitlines()[-1])


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, make_hall: Any, capsys: Any) -> Place:
    made: list[str] = []

    def db(kind: str) -> str:
        made.append(kind)
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/{len(made)}.db"
        url: str = request.getfixturevalue("postgres").create(f"backup_{uuid4().hex}")
        return url

    data = tmp_path / "data"
    data.mkdir()
    clock = SystemClock()
    make_key(data, clock.random_bytes)
    url = db(getattr(request, "param", "sqlite"))
    storage = open_storage(url, clock)
    hall = make_hall(storage)
    cipher = AesGcmCipher(read_key(data), clock.random_bytes)
    hall.service.context = Context(storage, hall.clock, cipher, lambda _hall: None)
    counter = hall.counter("A01")
    hall.issue()
    called = hall.call("A01")
    counter.push(counter.ticket_op("ticket.called", called, called_ms=called.called_ms), counter.accepted())
    anchor(hall.service.context, AnchorFiles(data))
    hall.clock.now += DAY_MS
    anchor(hall.service.context, AnchorFiles(data))
    storage.close()
    files = BlobFiles(data, cipher)
    files.append(HALL, NAME, 0, b"scanned")
    files.finish(HALL, NAME)
    return Place(url, data, db, tmp_path / "backups", capsys)
