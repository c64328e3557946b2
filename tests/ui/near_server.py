"""The real server in a process of its own, with the hall of the demo catalogue and two clerks, and no demo about it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.commands.system_clock import SystemClock
from app.domain.rights import Role
from sync.protocol.enrolment_messages import IssueCode
from sync.server.catalogue_yaml import read
from sync.server.service import provision
from sync.server.service.context import Context
from sync.server.service.issue_code import make_code
from sync.server.storage.cipher import AesGcmCipher, make_key, read_key
from sync.server.storage.engine import open_storage

HALL = "9901"
ROOT = Path(__file__).parents[2]
PASSWORD = "right-password"
CLERKS = ("0301", "0801", "0901")


class NearServer:
    """What the operator of the server does beside the process, and where it listens."""

    def __init__(self, data: Path) -> None:
        clock, url = SystemClock(), f"sqlite:///{data}/server.db"
        make_key(data, clock.random_bytes)
        self.storage = open_storage(url, clock)
        self.context = Context(self.storage, clock, AesGcmCipher(read_key(data), clock.random_bytes))
        document: dict[str, Any] = read((ROOT / "resources/catalogue/demo-9901.yaml").read_bytes()).document
        provision.add_hall(self.storage, clock, HALL, "9901")
        provision.publish_document(self.storage, clock, HALL, document)
        for profile in provision.profiles_of(document):
            if profile.clerk in CLERKS:
                provision.add_clerk(self.storage, profile, HALL, PASSWORD)
        arguments = ["server", "--db", url, "--data", str(data), "--port", "0"]
        self._log = (data / "server.log").open("w", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.main", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert self._process.stdout is not None
        self.url: str = json.loads(self._process.stdout.readline())["listening"]

    def code(self, window: str | None = "A05", desk: Role = Role.FLOOR_MANAGER) -> str:
        """Return what the operator reads out: for a window, or for a desk, the manager's if nothing else is said."""
        request = IssueCode(window=window) if window else IssueCode(role=desk)
        return make_code(self.context, HALL, request, by="test").code

    def pause(self) -> None:
        """Let the process stand still: connections open, and nobody answers."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let the process run again."""
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        self.go_on()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.close()
        self.storage.close()


@contextmanager
def near_server(data: Path) -> Iterator[NearServer]:
    """Serve until the end of the block."""
    server = NearServer(data)
    try:
        yield server
    finally:
        server.stop()
