"""The server's machine: the real service over a disk that stays when the machine goes down."""

from collections.abc import Callable

from hall_in_a_box import wire
from hall_in_a_box.disk import Cut, Disk, PowerCut
from hall_in_a_box.ground import SERVER_KEY
from hall_in_a_box.stores import Stores
from hall_in_a_box.timeline import SECOND, PartyClock, Timeline
from sync.protocol.interface import Refused
from sync.server.service.central import CallersServer, CentralService
from sync.server.service.prune import prune
from sync.server.storage.cipher import AesGcmCipher

NAME = "server"


class CentralMachine:
    """``changed`` is told after every commit that moved the hall's feed, as the event stream's hints are."""

    def __init__(
        self,
        timeline: Timeline,
        stores: Stores,
        disk: Disk,
        power: Callable[[], Cut | None],
        changed: Callable[[], None],
    ) -> None:
        self._timeline = timeline
        self._stores = stores
        self.disk = disk
        self.disk.cut = power
        self._changed = changed
        self._clock = PartyClock(timeline, 0)
        self._faces: dict[str, CallersServer] = {}
        self.service: CentralService | None = None

    def boot(self) -> None:
        """Start the program on what the disk holds."""
        self._clock.reboot()
        service = CentralService(
            self._stores.storage(self.disk), self._clock, self.cipher(), changed=lambda _hall: self._changed()
        )
        try:
            prune(service.context)
        except PowerCut as cut:
            self.crash(str(cut))
            return
        self._faces = {}
        self.service = service
        self._timeline.note(NAME, "up")

    def fail(self) -> None:
        """Lose the power between two events."""
        if self.service is not None:
            self.crash("at rest")

    def crash(self, why: str) -> None:
        """Lose everything that was not committed, and come back some time later."""
        self.service = None
        self.disk.close()
        self._timeline.note(NAME, f"power cut {why}")
        self._timeline.after(self._timeline.between(SECOND, 30 * SECOND), self.boot)

    def serve(self, request: bytes) -> bytes | None:
        """Answer a request, or None while the machine is down or goes down over it."""
        if self.service is None:
            return None
        token, verb, arguments = wire.opened(request)
        try:
            return wire.answer(getattr(self.face(token), verb)(*arguments))
        except Refused as refused:
            self._timeline.note(NAME, f"{verb} refused {refused.code}")
            return wire.refusal(refused)
        except PowerCut as cut:
            self.crash(f"in {verb} {cut}")
            return None

    def face(self, token: str) -> CallersServer:
        """Return the server as the holder of a token sees it; who that is, is looked up once a start."""
        assert self.service is not None, "the machine is up"
        if token not in self._faces:
            self._faces[token] = self.service.as_caller(self.service.authenticate(token))
        return self._faces[token]

    def cipher(self) -> AesGcmCipher:
        return AesGcmCipher(SERVER_KEY, self._clock.random_bytes)
