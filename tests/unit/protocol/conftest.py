"""The real server on a port of this computer, one for each kind of database; every test finds the furnished hall."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from sync.client.http import HttpCentralServer
from sync.client.requests import PullPage, TakeSnapshot
from sync.client.session import Session
from sync.server.http.application import application
from sync.server.http.hints import Hints
from sync.server.service.central import CentralService

# What these tests share stands beside this file, and test folders are no packages.
sys.path.append(str(Path(__file__).parent))


class Wired:
    """Serves a hall in memory over HTTP: who asks it for a device's end of the wire gets one of the real client."""

    def __init__(self, hall: Any) -> None:
        self.hall = hall
        self._began_ms = hall.clock.now
        self._ends: dict[str, HttpCentralServer] = {}
        hints = Hints()

        def changed(code: str) -> None:
            hall.changed.append(code)
            hints.changed(code)

        hall.service = CentralService(hall.storage, hall.clock, hall.service.context.cipher, changed)
        hall.server = self.end_of
        hall.app = application(hall.service, hints, rounds_here=False)
        self._server = uvicorn.Server(
            uvicorn.Config(hall.app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1)
        )
        self._listener = socket.create_server(("127.0.0.1", 0))
        hall.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        hall.http = httpx2.Client(base_url=hall.url, trust_env=False, timeout=30)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True)
        self._thread.start()

    def end_of(self, device: str) -> HttpCentralServer:
        """Return the device's end of the wire."""
        if device not in self._ends:
            self._ends[device] = HttpCentralServer(self.hall.url, f"token-{device}", self.hall.clock)
        return self._ends[device]

    def begin(self) -> Any:
        """Forget what the test before turned, and what this process remembers of its hall."""
        self.hall.clock.now = self._began_ms
        context = self.hall.service.context
        for remembered in (context.told, context.heard, context.staffed, context.catalogues, context._plans):
            remembered.clear()
        self.hall.changed.clear()
        return self.hall

    def close(self) -> None:
        """End the server and the lines to it."""
        self.hall.http.close()
        for each in self._ends.values():
            each.close()
        self._server.should_exit = True
        self._thread.join(30)
        self._listener.close()


@pytest.fixture(scope="session")
def wired(hall_on: Any) -> Iterator[Callable[[Any], Wired]]:
    """Start the server of a storage when it is first asked for."""
    running: dict[int, Wired] = {}

    def serve(storage: Any) -> Wired:
        if id(storage) not in running:
            running[id(storage)] = Wired(hall_on(storage))
        return running[id(storage)]

    yield serve
    for each in running.values():
        each.close()


@pytest.fixture
def hall(store: Any, wired: Callable[[Any], Wired]) -> Any:
    """Return the furnished hall at nine o'clock, to be spoken to over HTTP."""
    store.hold(furnished=True)
    return wired(store.storage).begin()


@pytest.fixture
def lone_hall(prepared: Any, wired: Callable[[Any], Wired]) -> Any:
    """The same on one database, where it does not matter which."""
    prepared.hold(furnished=True)
    return wired(prepared.storage).begin()


@pytest.fixture
def session(kit: Any) -> Session:
    """A counter's side of the dialogue that has its snapshot and knows nothing new."""
    from answers import page, snapshot  # noqa: PLC0415 - beside this file: test folders are no packages

    session = Session(kit.replica, kit.clock, "ab" * 32)
    session.answered(TakeSnapshot("9901"), snapshot())
    session.answered(PullPage("9901", 1), page())
    return session


@pytest.fixture
def append(kit: Any, clerk: Clerk) -> Any:
    """Commit some operations at the counter."""

    def some(count: int = 1, **payload: Any) -> Any:
        draft = OperationDraft("slip.reprinted", "case", "c", payload, clerk.at("A01"))
        with kit.store.begin() as work:
            return [work.append(draft) for _ in range(count)]

    return some
