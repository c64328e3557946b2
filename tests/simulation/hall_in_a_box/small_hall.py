"""A hall of three windows that does nothing by itself: every step is somebody's, a machine's or a state machine's.

The programs are the real ones over quick stores; between them is one line a window, which is cut, loses an answer or
brings an old copy when it is told to. What is promised of the large hall holds after every step here too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.domain.reserved_block import MAX_BLOCK
from app.domain.ticket import TicketState
from app.domain.visit import Visit, VisitState
from app.ports.clock import new_id
from app.ports.queue_authority import AuthorityUnreachable
from app.usecases.arrive import arrive
from app.usecases.ask_block import ask_block
from app.usecases.call_next import call_next
from app.usecases.call_reserved import call_reserved
from app.usecases.end_visit import answer_question
from app.usecases.finish_visit import finish_visit
from app.usecases.miss_ticket import miss_ticket
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.release_block import release_block
from hall_in_a_box import wire
from hall_in_a_box.auditor import Auditor
from hall_in_a_box.block_watch import BlockWatch, Fence
from hall_in_a_box.central import CentralMachine
from hall_in_a_box.disk import Cut, Disk, new_disk
from hall_in_a_box.ground import BUSINESS, HALL, KIOSK, MANAGER, WINDOWS, ground, token
from hall_in_a_box.small_window import STORES, Window
from hall_in_a_box.timeline import SECOND, PartyClock, Timeline, require
from sync.client.session import DIGEST_MS
from sync.protocol.block_messages import ReserveBlock
from sync.protocol.floor_messages import FenceWindow
from sync.protocol.interface import Refused
from sync.protocol.messages import IssueTicket

THREE = tuple(WINDOWS)[:3]
IN_THE_HALL = ""
HOME = "home"
BEHIND_THE_CLERK = ("push", "pull", "snapshot")
"""What is asked while the clerk goes on working."""
SERVERS_FAULT = 500
ROUNDS = 60
"""In fine weather so many turns of everybody end every visit."""


class SmallHall:
    """``place`` says where the holder of a number is: in the hall, at a window, or at home."""

    def __init__(self) -> None:
        server, disks = begun()
        self.timeline = Timeline(0)
        self.timeline.now_ms = 60 * SECOND
        self.central = CentralMachine(self.timeline, STORES, new_disk(server), lambda: None, lambda: None)
        self.central.boot()
        self.windows = [Window(self, name, new_disk(disk)) for name, disk in disks.items()]
        counters = {each.name: each.disk for each in self.windows}
        self.auditor = Auditor(self.central.disk, counters)
        self.blocks = BlockWatch(self.central.disk, counters)
        self.place: dict[str, str] = {}
        self.fences: list[tuple[str, FenceWindow, str]] = []

    def step(self, act: Callable[[], Any]) -> None:
        """Do something, then look whether every promise still holds."""
        self.timeline.now_ms += SECOND
        act()
        self.look()

    def look(self) -> None:
        """Raise ``Violation`` at a broken promise."""
        self.auditor.look()
        self.blocks.look()

    def serve(self, data: bytes) -> bytes | None:
        """Answer at the server's end; it is up again for the next request when the power went."""
        answer = self.central.serve(data)
        self._up_again()
        return answer

    def announce(self, window: str, visit: Visit | None) -> None:
        """Let the loudspeaker call a number out."""
        if visit is not None:
            self.auditor.announced(window, visit.number)
            self.blocks.announced(visit.number)

    def issue(self) -> None:
        """Give a number out at the kiosk."""
        request = IssueTicket(business=BUSINESS)
        self.place[self._ask(KIOSK, "issue_ticket", HALL, request, self._key()).number] = IN_THE_HALL

    def turn(self, n: int, *, comes: bool = True) -> None:
        """Let a clerk press the next key of a visit; ``comes`` says whether the one who was called does."""
        window = self.windows[n]
        visit = window.visit()
        if visit is None:
            window.do(lambda: self._call(window))
        elif visit.state is VisitState.CALLED:
            window.do(lambda: self._came(window, visit, comes=comes))
        elif visit.outcome is None:
            window.do(lambda: answer_question(window.store, window.clock, window.by))
        else:
            window.do(lambda: finish_visit(window.store, window.clock, window.by))
        self._see(window)

    def present(self, n: int, which: int) -> None:
        """Let somebody of the hall lay their paper before a window where nobody sits."""
        window, waiting = self.windows[n], [number for number, place in self.place.items() if place == IN_THE_HALL]
        visit = window.visit()
        if waiting and (visit is None or visit.state is VisitState.CALLED):
            self._show(window, waiting[which % len(waiting)])

    def ask(self, n: int) -> None:
        """Let the program ask for a block, as it does when its line flaps."""
        window = self.windows[n]
        window.do(lambda: ask_block(window.store, window.clock, window.authority, window.by))

    def prepare(self, n: int, count: int) -> None:
        """Let the manager reserve numbers for a window."""
        wanted = ReserveBlock(count=1 + count % MAX_BLOCK)
        self._ask(MANAGER, "prepare_window", HALL, self.windows[n].name, wanted, self._key())

    def release(self, n: int) -> None:
        """Let a clerk give the block back."""
        window = self.windows[n]
        window.do(lambda: release_block(window.store, window.by))

    def fence(self, n: int) -> None:
        """Let the manager go to a window, see what it called, have its clerk give back the rest, and say so at once."""
        window = self.windows[n]
        rows = "SELECT number, epoch FROM ticket WHERE state = 'reserved' AND window = ? ORDER BY epoch"
        held = self.central.disk.rows(rows, window.name)
        if not held:
            return
        [(newest,)] = self.central.disk.rows("SELECT epoch FROM window_block WHERE window = ?", window.name)
        self.release(n)
        called = self.blocks.called_of(window.name, held)
        self.blocks.said(Fence(window.name, newest, tuple(called)))
        self.auditor.watch.gave_back(window.name, [number for number, _ in held if number not in called])
        said = window.name, FenceWindow(called=called, epoch=newest), self._key()
        self.fences.append(said)
        self._ask(MANAGER, "fence_window", HALL, *said)

    def fence_again(self, which: int) -> None:
        """Let the request of an earlier fence arrive once more."""
        if self.fences:
            self._ask(MANAGER, "fence_window", HALL, *self.fences[which % len(self.fences)])

    def late(self, n: int, which: int) -> None:
        """Let a copy of an old request of a window arrive now; nobody waits for its answer."""
        old = self.windows[n].line.old
        if old:
            self.serve(old[which % len(old)])

    def spoil(self, n: int) -> None:
        """Let a row of a window's mirror rot; ten minutes later it compares what it has."""
        self.windows[n].disk.execute(
            "UPDATE ticket SET misses = misses + 1 WHERE rowid = (SELECT min(rowid) FROM ticket)"
        )
        self.timeline.now_ms += DIGEST_MS

    def server_falls(self, when: Cut) -> None:
        """Let the server's power go at its next commit."""
        self.central.disk.cut = lambda: when

    def server_crash(self) -> None:
        """Let the server's power go between two requests."""
        self.central.fail()
        self._up_again()

    def end_well(self) -> None:
        """In fine weather everybody is called and served, and both ends tell the same."""
        self.central.disk.__dict__.pop("cut", None)
        for n, window in enumerate(self.windows):
            window.disk.__dict__.pop("cut", None)
            window.line.cut = window.line.loses = False
            window.line.meanwhile = None
            self.release(n)
        for _ in range(ROUNDS):
            for n, window in enumerate(self.windows):
                self.step(lambda n=n: self.turn(n))  # type: ignore[misc] # a default is bound
                self.step(window.sync)
            self.step(self._who_was_missed)
            if all(place == HOME for place in self.place.values()) and not any(each.visit() for each in self.windows):
                break
        self.timeline.now_ms += DIGEST_MS
        for window in self.windows:
            while not window.sync():
                pass
        self.look()
        self.blocks.reckon([each.replica for each in self.windows], self._digest(), self.place)

    def _who_was_missed(self) -> None:
        """Who was passed over shows their paper; who missed three times goes home."""
        for number, state in self.central.disk.rows(
            "SELECT number, state FROM ticket WHERE state IN ('missed', 'void')"
        ):
            free = next((each for each in self.windows if each.visit() is None), None)
            if self.place[number] != IN_THE_HALL:
                continue
            if state == TicketState.VOID:
                self.place[number] = HOME
            elif free is not None:
                self._show(free, number)

    def _show(self, window: Window, number: str) -> None:
        window.do(lambda: present_ticket(window.store, window.clock, number, window.by))
        self._see(window)

    def _digest(self) -> Any:
        return self._ask(THREE[0], "digest", HALL)

    def _call(self, window: Window) -> None:
        try:
            visit = call_next(window.store, window.clock, window.authority, window.by)
        except AuthorityUnreachable:
            visit = call_reserved(window.store, window.clock, window.by)
        self.announce(window.name, visit)

    def _came(self, window: Window, visit: Visit, *, comes: bool) -> None:
        if comes and self.place[visit.number] == IN_THE_HALL:
            arrive(window.store, window.clock, window.by)
        else:
            miss_ticket(window.store, window.clock, window.by)

    def _see(self, window: Window) -> None:
        """See who sits at a window: what it committed, happened."""
        visit = window.visit()
        for number, place in list(self.place.items()):
            if place == window.name and (visit is None or visit.number != number):
                self.place[number] = HOME
        if visit is not None and visit.state is not VisitState.CALLED:
            self.place[visit.number] = window.name

    def _ask(self, device: str, verb: str, *arguments: Any) -> Any:
        """Ask at the server until there is an answer; a refusal is one too."""
        data = wire.request(token(device), verb, *arguments)
        answer = self.serve(data) or self.serve(data)
        assert answer is not None, "the power goes once"
        try:
            return wire.read_answer(verb, answer)
        except Refused as refused:
            require(refused.status < SERVERS_FAULT, f"{verb} of {device} is refused: {refused.code}")
            return None

    def _up_again(self) -> None:
        now_ms = self.timeline.now_ms
        while self.central.service is None:
            self.central.disk.__dict__.pop("cut", None)
            self.timeline.step()
        self.timeline.now_ms = max(now_ms, self.timeline.now_ms)

    def _key(self) -> str:
        return new_id(PartyClock(self.timeline, 0))


@cache
def begun() -> tuple[Disk, dict[str, Disk]]:
    """Return the disks of a hall in which every window has registered, read everything, and opened its day."""
    timeline = Timeline(0)
    central = CentralMachine(timeline, STORES, STORES.server_disk(ground().server), lambda: None, lambda: None)
    central.boot()
    disks = {}
    for name in THREE:
        disks[name] = STORES.counter_disk(name, PartyClock(timeline, 0))
        disks[name].execute("UPDATE counter_state SET incarnation = ?", (f"{name}-small",))
    hall = _Beginning(timeline, central)
    for name in THREE:
        window = Window(hall, name, disks[name])
        while not window.sync():
            pass
        open_day(window.store, window.clock, window.by)
        while not window.sync():
            pass
    return central.disk, disks


@dataclass(frozen=True)
class _Beginning:
    timeline: Timeline
    central: CentralMachine

    def serve(self, data: bytes) -> bytes | None:
        return self.central.serve(data)

    def announce(self, window: str, visit: Visit) -> None:
        raise AssertionError(f"{visit.number} is called to {window} before anybody came")
