"""The server's machine: the real service over a disk that stays when the machine goes down."""

from collections.abc import Callable
from functools import partial
from typing import Any

from hall_in_a_box import wire
from hall_in_a_box.disk import Cut, Disk, PowerCut
from hall_in_a_box.ground import MANAGER, SERVER_KEY
from hall_in_a_box.seen import Seen
from hall_in_a_box.stores import Copy, Stores
from hall_in_a_box.timeline import SECOND, PartyClock, Timeline
from sync.protocol.floor_messages import FloorDone
from sync.protocol.interface import Refused
from sync.server.service.answer_card import handle_card
from sync.server.service.caller import Caller
from sync.server.service.central import CentralService
from sync.server.service.context import Context
from sync.server.service.fence_window import fence_window
from sync.server.service.prune import prune
from sync.server.service.refusals import refusal
from sync.server.service.reserve_block import prepare_window
from sync.server.service.restored import MARGIN, renew
from sync.server.storage.cipher import AesGcmCipher
from sync.server.storage.disk import DatabaseSaysNo, says_full

NAME = "server"


class ManagersServer:
    """The verbs of the floor manager, as the HTTP routes hand them on."""

    def __init__(self, context: Context, caller: Caller) -> None:
        self.prepare_window = _keyed(partial(prepare_window, context, caller))
        self.fence_window = _keyed(partial(fence_window, context, caller))
        self.handle_card = _keyed(partial(handle_card, context, caller))


def _no_cut() -> None:
    """An administrator watches; the power stays."""


def _keyed(verb: Callable[..., FloorDone]) -> Callable[..., FloorDone]:
    return lambda hall, thing, wanted, key: verb(hall, thing, wanted, key=key)


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
        self.clock = PartyClock(timeline, 0)
        self._faces: dict[str, Any] = {}
        self.service: CentralService | None = None
        self._backup: tuple[Copy, int] | None = None
        self._restores = 0
        self.on_backup: Callable[[], None] = lambda: None
        self.on_restore: Callable[[], None] = lambda: None

    def boot(self) -> None:
        """Start the program on what the disk holds."""
        self.clock.reboot()
        service = CentralService(
            self._stores.storage(self.disk), self.clock, self.cipher(), changed=lambda _hall: self._changed()
        )
        try:
            prune(service.context)
        except PowerCut as cut:
            self.crash(str(cut))
            return
        except DatabaseSaysNo as no:
            self._require_full(no)
            self.crash("disk full at the start")
            return
        self._faces = {}
        self.service = service
        self._timeline.note(NAME, "up")

    def back_up(self) -> None:
        """Keep the disk as it is; ``on_backup`` is told, so that who watches the server remembers this moment too."""
        if self.service is not None:
            self._backup, self._restores = (self._stores.keep_server(self.disk), self.clock.now_ms()), 0
            self.on_backup()

    def drop_backup(self) -> None:
        """Let the next backup be the first: one from before a counter registered would not know it."""
        self._backup = None

    def lose_disk(self) -> None:
        """Lose everything since the backup; an administrator restores it, which takes a while."""
        if self.service is not None and self._backup is not None:
            self._timeline.note(NAME, "the disk is gone")
            self._stop(partial(self._restore, *self._backup), 30 * SECOND, 120 * SECOND)

    def _restore(self, copy: Copy, backup_ms: int) -> None:
        """Restore as docs/backup.md says: the same backup once more leaves out another hundred numbers."""
        self._restores += 1
        self.disk.make_room()
        self._stores.set_server_back(self.disk, copy)
        self.disk.cut, power = _no_cut, self.disk.cut
        storage = self._stores.storage(self.disk)
        context = Context(storage, self.clock, self.cipher())
        margin = self._restores * MARGIN
        storage.write(lambda connection: renew(context, connection, backup_ms, margin=margin))
        storage.close()
        self.disk.cut = power
        self._timeline.seen[Seen.SERVER_RESTORED] += 1
        self._timeline.note(NAME, "restored")
        self.on_restore()
        self.boot()

    def fail(self) -> None:
        """Lose the power between two events."""
        if self.service is not None:
            self.crash("at rest")

    def crash(self, why: str) -> None:
        """Lose everything that was not committed, and come back some time later."""
        self._timeline.seen[Seen.POWER_CUT] += 1
        self._timeline.note(NAME, f"power cut {why}")
        self._stop(self.boot, SECOND, 30 * SECOND)

    def _stop(self, begin_again: Callable[[], None], least_ms: int, most_ms: int) -> None:
        self.service = None
        self.disk.close()
        self._timeline.after(self._timeline.between(least_ms, most_ms), begin_again)

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
        except DatabaseSaysNo as no:
            self._require_full(no)
            self._timeline.note(NAME, f"{verb} finds no room")
            return wire.refusal(refusal("server_full"))
        except PowerCut as cut:
            self.crash(f"in {verb} {cut}")
            return None

    def _require_full(self, no: DatabaseSaysNo) -> None:
        """Go on only where the program itself sees that the disk is full, as ``sync/server/http/refusals.py`` does."""
        if not says_full(no):
            raise no
        self._timeline.seen[Seen.SERVER_FULL] += 1

    def face(self, token: str) -> Any:
        """Return the server as the holder of a token sees it; who that is, is looked up once a start."""
        assert self.service is not None, "the machine is up"
        if token not in self._faces:
            caller = self.service.authenticate(token)
            manages = caller.device == MANAGER
            face = ManagersServer(self.service.context, caller) if manages else self.service.as_caller(caller)
            self._faces[token] = face
        return self._faces[token]

    def cipher(self) -> AesGcmCipher:
        return AesGcmCipher(SERVER_KEY, self.clock.random_bytes)
