"""Opens the manager's window: device token, sign-in, then the live state of the hall."""

import json
from pathlib import Path

from app.commands.floor_settings import FloorSettings
from app.commands.manager_session import ManagerSession
from app.domain.rights import Role
from app.ports.clock import Clock
from app.storage.wish_file import WishFile
from sync.client.floor import FloorWorker, HttpFloor
from sync.client.floor_outbox import FloorOutbox
from sync.client.hints import HintListener
from sync.client.http import HttpCentralServer
from sync.protocol.interface import Refused, Unreachable
from sync.protocol.messages import OpenSession, SessionOpened
from ui.screens.floor.bridge import FloorBridge
from ui.screens.floor.parts import FloorParts
from ui.screens.floor.program import FloorNotOpen


class FloorOpening:
    """What one manager's window holds open; ``open`` may be tried again after ``FloorNotOpen``.

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
        """Sign in unless that is done, and begin to listen.

        Raises:
            FloorNotOpen: with the code of what is the matter.
        """
        session = self._session if isinstance(self._session, ManagerSession) else self._sign_in(self._session)
        server = HttpFloor(self._server_url, session.token, self._clock)
        outbox = FloorOutbox(WishFile(self._data), self._clock, session.clerk)
        worker = self._worker = FloorWorker(server, session.hall, outbox, bridge.news.emit)
        worker.start()
        self._hints = HintListener(self._server_url, session.token, session.hall, worker)
        self._hints.start()
        return FloorParts(manager=session.name, clock=self._clock, submit=worker.submit, find=worker.find)

    def close(self) -> None:
        """End every thread."""
        if self._hints is not None:
            self._hints.stop()
        if self._worker is not None:
            self._worker.stop()

    def _sign_in(self, settings: FloorSettings) -> ManagerSession:
        if settings.sign_in_file is None or settings.token_file is None:
            raise FloorNotOpen("floor_no_sign_in", final=True)
        token = _text(settings.token_file, "token_unreadable").strip()
        try:
            given = json.loads(_text(settings.sign_in_file, "floor_no_sign_in"))
            request = OpenSession(clerk=str(given["clerk"]), password=str(given["password"]))
        except (ValueError, KeyError, TypeError) as error:
            raise FloorNotOpen("floor_no_sign_in", final=True) from error
        opened = self._opened(token, request)
        if Role.FLOOR_MANAGER.value not in opened.roles:
            raise FloorNotOpen("floor_not_manager", final=True)
        return ManagerSession(opened.name, settings.hall, opened.session, opened.clerk)

    def _opened(self, token: str, request: OpenSession) -> SessionOpened:
        server = HttpCentralServer(self._server_url, token, self._clock)
        try:
            return server.open_session(request)
        except Unreachable as error:
            raise FloorNotOpen("server_unreachable") from error
        except Refused as refusal:
            wrong = refusal.code == "unauthorised"
            raise FloorNotOpen("sign_in_refused" if wrong else refusal.code, final=wrong) from refusal
        finally:
            server.close()


def _text(file: Path, code: str) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeError) as error:
        raise FloorNotOpen(code, final=True, place=str(file)) from error
