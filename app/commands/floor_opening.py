"""Opens the manager's window: device token, sign-in, then the live state of the hall."""

from pathlib import Path

from app.commands.desk_sign_in import sign_in_by_file
from app.commands.export_place import own_documents
from app.commands.floor_settings import FloorSettings
from app.commands.manager_session import ManagerSession
from app.domain.rights import Role
from app.ports.clock import Clock
from app.storage.export_folder import DiskFolder
from app.storage.wish_file import WishFile
from sync.client.floor import FloorWorker, HttpFloor
from sync.client.floor_outbox import FloorOutbox
from sync.client.hints import HintListener
from sync.client.ledgers import HttpLedgers, LedgerWorker
from ui.screens.floor.bridge import FloorBridge
from ui.screens.floor.parts import FloorParts


class FloorOpening:
    """What one manager's window holds open; ``open`` may be tried again after ``ScreenNotOpen``.

    ``data`` is where acts wait that the server has not heard of, ``exports`` where tables are put, None in documents.
    """

    def __init__(
        self,
        data: Path,
        server_url: str,
        clock: Clock,
        session: ManagerSession | FloorSettings,
        exports: Path | None = None,
    ) -> None:
        self._data = data
        self._server_url = server_url
        self._clock = clock
        self._session = session
        self._exports = exports
        self._worker: FloorWorker | None = None
        self._ledgers: LedgerWorker | None = None
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
        worker = FloorWorker(server, session.hall, outbox, bridge.news.emit)
        hints = HintListener(self._server_url, session.token, session.hall, worker)
        only_ledgers = session.role is Role.SUPERVISOR
        if not only_ledgers:
            self._worker, self._hints = worker, hints
        source = HttpLedgers(self._server_url, session.token, self._clock, session.hall)
        ledgers = self._ledgers = LedgerWorker(
            source, DiskFolder(self._exports or own_documents()), bridge.ledgers.emit
        )

        def listen() -> None:
            ledgers.start()
            if not only_ledgers:
                worker.start()
                hints.start()

        return FloorParts(
            manager=session.name,
            clock=self._clock,
            submit=worker.submit,
            find=worker.find,
            listen=listen,
            ledgers=ledgers.ask,
            only_ledgers=only_ledgers,
        )

    def close(self) -> None:
        """End every thread."""
        if self._hints is not None:
            self._hints.stop()
        if self._worker is not None:
            self._worker.stop()
        if self._ledgers is not None:
            self._ledgers.stop()
