"""Opens the manager's window: device token, sign-in, then the live state of the hall."""

from pathlib import Path

from app.commands.desk_sign_in import sign_in_by_file
from app.commands.floor_settings import FloorSettings
from app.commands.manager_session import ManagerSession
from app.ports.clock import Clock
from app.storage.wish_file import WishFile
from sync.client.floor import FloorWorker, HttpFloor
from sync.client.floor_outbox import FloorOutbox
from sync.client.hints import HintListener
from ui.screens.floor.bridge import FloorBridge
from ui.screens.floor.parts import FloorParts


class FloorOpening:
    """What one manager's window holds open; ``open`` may be tried again after ``ScreenNotOpen``.

    ``data`` is where acts wait that the server has not heard of.
    """

    def __init__(self, data: Path, server_url: str, clock: Clock, session: ManagerSession | FloorSettings) -> None:
        self._data = data
        self._server_url = server_url
        self._clock = clock
        self._session = session
        self._worker: FloorWorker | None = None
        self._hints: HintListener | None = None

    def open(self, bridge: FloorBridge) -> FloorParts:
        """Sign in unless that is done.

        Raises:
            ScreenNotOpen: with the code of what is the matter.
        """
        session = self._session
        if isinstance(session, FloorSettings):
            session = sign_in_by_file(self._server_url, session, self._clock)
        server = HttpFloor(self._server_url, session.token, self._clock)
        outbox = FloorOutbox(WishFile(self._data), self._clock, session.clerk)
        worker = self._worker = FloorWorker(server, session.hall, outbox, bridge.news.emit)
        hints = self._hints = HintListener(self._server_url, session.token, session.hall, worker)

        def listen() -> None:
            worker.start()
            hints.start()

        return FloorParts(
            manager=session.name, clock=self._clock, submit=worker.submit, find=worker.find, listen=listen
        )

    def close(self) -> None:
        """End every thread."""
        if self._hints is not None:
            self._hints.stop()
        if self._worker is not None:
            self._worker.stop()
