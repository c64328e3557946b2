"""What every load stands on: a durable PostgreSQL of this run, a furnished hall, and the server as it is run."""

import copy
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / each) for each in ("", "rules", "integration", "bench", "e2e/tour"))]

from http_server import launch  # noqa: E402 - the tests' own parts are found from here on
from month_counter import CLERKS, ITEMS  # noqa: E402 - the same
from postgres_here import PostgresHere  # noqa: E402 - the same
from published_hall import DEMO  # noqa: E402 - the same

from app.commands.system_clock import SystemClock  # noqa: E402 - the same
from app.domain.rights import Role  # noqa: E402 - the same
from sync.server.service import provision  # noqa: E402 - the same
from sync.server.storage.cipher import make_key  # noqa: E402 - the same
from sync.server.storage.clerks import Profile  # noqa: E402 - the same
from sync.server.storage.engine import Storage, open_storage  # noqa: E402 - the same

HALL = "9901"
CLOCK = SystemClock()
WINDOWS = tuple(f"C{n:02}" for n in range(1, 65))
"""Sixty and four more: the clients of the load."""
KIOSK, MANAGER = "kiosk", "manager"
ITEM, DEPARTMENT, CLERK = "ITM-02", "D-SJ", "0301"
DURABLE = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "max_connections": "150",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
}
"""As PostgreSQL comes: what is acknowledged is on the disk."""

for _window in WINDOWS:
    ITEMS[_window], CLERKS[_window] = (ITEM, DEPARTMENT), CLERK


def document() -> dict[str, Any]:
    """Return the demo catalogue for a hall of 64 windows that all call one business."""
    changed = copy.deepcopy(DEMO)
    changed["windows"] = [{**changed["windows"][0], "numbers": list(WINDOWS)}]
    changed["businesses"] = [{**changed["businesses"][0], "code": "A", "windows": list(WINDOWS)}]
    for each in changed["staff"]:
        each["windows"] = list(WINDOWS[:1]) if each.get("windows") else []
    for each in (step for item in changed["items"] for step in item.get("next", ())):
        if each.get("window"):
            each["window"] = WINDOWS[0]
    return changed


def furnish(storage: Storage, hall: str = HALL) -> None:
    """Write hall, staff, computers and catalogue."""
    provision.add_hall(storage, CLOCK, hall, hall)
    for window in WINDOWS:
        provision.add_device(storage, hall, window, Role.COUNTER, token=token(window, hall), window=window)
    provision.add_device(storage, hall, KIOSK, Role.KIOSK, token=token(KIOSK, hall))
    provision.add_device(storage, hall, MANAGER, Role.FLOOR_MANAGER, token=token(MANAGER, hall))
    for each in provision.profiles_of(DEMO):
        provision.add_clerk(storage, each, hall, password=None)
    everything = Profile(CLERK, "王某", DEPARTMENT, ("clerk",), WINDOWS, ("*",))
    provision.add_clerk(storage, everything, hall, password=None)
    provision.publish_document(storage, CLOCK, hall, document())


def token(device: str, hall: str = HALL) -> str:
    """Return the bearer token of a computer of the bench."""
    return f"bench-{hall}-{device}"


@contextmanager
def postgres(told: Mapping[str, str] = DURABLE) -> Iterator[PostgresHere]:
    """Start a PostgreSQL; unless told otherwise it keeps what it acknowledged."""
    here = PostgresHere(told)
    try:
        yield here
    finally:
        here.stop()


@contextmanager
def opened(url: str) -> Iterator[Storage]:
    """Open a database of the server from this process."""
    storage = open_storage(url, CLOCK)
    try:
        yield storage
    finally:
        storage.close()


@dataclass
class Served:
    """A server that answers; ``port`` on this machine."""

    process: subprocess.Popen[str]
    port: int

    def stop(self) -> None:
        """End it as an operator does."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.stdout is not None
        self.process.wait(60)
        self.process.stdout.close()


@contextmanager
def served(url: str, workers: int = 2) -> Iterator[Served]:
    """Run ``chuangkou server`` on the database until the block ends."""
    with TemporaryDirectory(prefix="bench-server-") as folder:
        data = Path(folder)
        make_key(data, CLOCK.random_bytes)
        process = launch(data, "--workers", str(workers), db=url)
        running = Served(process, answering_port(process))
        try:
            yield running
        finally:
            running.stop()


def answering_port(process: "subprocess.Popen[str]") -> int:
    """Return the port a started server says it listens on."""
    assert process.stdout is not None
    port = urlsplit(json.loads(process.stdout.readline())["listening"]).port
    assert port is not None
    return port


def copied(here: PostgresHere, template: str, name: str) -> str:
    """Return the address of a fresh copy of a database nobody is connected to."""
    with here.connect() as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[call-overload] # names of ours
    return here.url(name)


def machine_is_quiet() -> bool:
    """Say whether this run has the machine for itself, more or less."""
    return os.getloadavg()[0] < (os.cpu_count() or 1)


def scratch(name: str) -> Path:
    """Return an empty folder under build/."""
    folder = ROOT / "build" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
