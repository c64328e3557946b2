"""A window's machine: the real store and the real session over a disk that stays when the power goes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.former import CounterFormerChains
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore
from hall_in_a_box import catalogues, wire
from hall_in_a_box.disk import Disk, PowerCut
from hall_in_a_box.ground import HALL, token
from hall_in_a_box.misfortune import Power
from hall_in_a_box.network import Network
from hall_in_a_box.seen import Seen
from hall_in_a_box.stores import Stores
from hall_in_a_box.timeline import IDLE, SECOND, Act, PartyClock, Timeline
from sync.client.authority import HallAuthority
from sync.client.exchange import _perform
from sync.client.requests import PushOperations, Reconnect, Register, Request, TakeSnapshot, Wait
from sync.client.session import Session
from sync.client.worker import STORE_PAUSE_MS
from sync.protocol.interface import Refused

SKEW_MS = 300 * SECOND
SHUT_OUT = frozenset({"fork", "quarantined"})
"""What the server says to a copied disk; a person has to register it again."""


class Spelled:
    """Stands for ``CentralServer``: every call becomes a verb with its arguments, for ``carry`` to deal with."""

    def __init__(self, carry: Callable[..., Any]) -> None:
        self._carry = carry

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        return partial(self._carry, verb)


def _spelled(request: Request) -> tuple[Any, ...]:
    """Return verb and arguments, by the client's own code."""
    spoken: Any = _perform(request, Spelled(lambda *spoken: spoken), lambda: None)
    return tuple(spoken)


@dataclass
class Program:
    """Everything that is lost with the power. ``alarm`` numbers the session's waits: only the newest one ends."""

    store: CounterStore
    replica: CounterReplica
    session: Session
    authority: HallAuthority
    under_way: Request | None = None
    alarm: int = 0


class CounterMachine:
    """``lives`` counts starts and crashes: what was meant for an earlier life does not arrive.

    ``begun`` is called at every start, to let the clerk look at the screen.
    """

    def __init__(  # noqa: PLR0917 - what a machine stands on
        self, timeline: Timeline, network: Network, stores: Stores, disk: Disk, power: Power, window: str
    ) -> None:
        self._stores = stores
        self._timeline = timeline
        self._network = network
        self._power = power
        self.device_seed = timeline.chance.randbytes(32)
        self._signer = Ed25519Signer(self.device_seed)
        self.window = window
        self.disk = disk
        self.disk.cut = power.at_commit
        self.clock = PartyClock(timeline, 0)
        self.lives = 0
        self.running: Program | None = None
        self.begun: Callable[[], None] = lambda: None
        self.unproved = False
        """Whether an old copy of the disk runs, and the server has taken nothing of it; who was told so stays told."""
        self.shut_out: Callable[[], None] = lambda: None

    @property
    def encrypted(self) -> bool:
        """Whether the disk is a file as it is shipped."""
        return self._stores.folder is not None

    @property
    def at_odds(self) -> bool:
        """Whether the server takes nothing of this chain any more, or nothing yet of an old copy: nobody works then."""
        if self.running is None:
            return False
        return self.running.session.trouble in SHUT_OUT or (self.unproved and self.running.replica.outbox()[1] > 0)

    @property
    def registered(self) -> bool:
        return self.disk.rows("SELECT device FROM counter_state") != [(None,)]

    @property
    def program(self) -> Program:
        assert self.running is not None, "only a living machine acts"
        return self.running

    @property
    def listens(self) -> bool:
        """Whether the window hears hints in this life; the others ask by themselves."""
        return self.running is not None and self.running.session.hinted

    def boot(self) -> None:
        """Start the program on what the disk holds, by a wall clock that may have stepped meanwhile."""
        self.lives += 1
        self.clock.reboot()
        self.clock.skew_ms = self._timeline.between(-SKEW_MS, SKEW_MS)
        self._timeline.note(self.window, "up")
        self.living(self._start)()

    def fail(self) -> None:
        """Lose the power between two events."""
        if self.running is not None:
            self.crash("at rest")

    def crash(self, why: str) -> None:
        """Drop every object of the program; what was not committed is gone."""
        self._timeline.seen[Seen.POWER_CUT] += 1
        self.off(f"power cut {why}")
        self.boot_after(self._timeline.between(2 * SECOND, 40 * SECOND))

    def boot_after(self, delay_ms: int) -> None:
        """Start in a while, unless somebody switches on or off before."""
        life = self.lives

        def again() -> None:
            if life == self.lives:
                self.boot()

        self._timeline.after(delay_ms, again)

    def off(self, why: str) -> None:
        """End without a word, and start again only when somebody says so."""
        self.running = None
        self.lives += 1
        self.disk.close()
        self._timeline.note(self.window, why)

    def living(self, act: Act) -> Act:
        """Return the act as one of this life, in which the power may fail."""
        life = self.lives

        def guarded() -> bool | None:
            if life != self.lives:
                return IDLE
            try:
                return act()
            except PowerCut as cut:
                self.crash(str(cut))
                return None
            except StoreFault as fault:
                self._without_room(fault)
                return None

        return guarded

    def _without_room(self, fault: StoreFault) -> None:
        """Rest as ``sync/client/worker.py`` does; a program that was only starting is started again."""
        self.met(fault)
        if self.running is None:
            self.crash("disk full at the start")
        else:
            self._timeline.after(STORE_PAUSE_MS, self.living(self._sync))

    def met(self, fault: StoreFault) -> None:
        """Take note that the disk took nothing; any other fault is one of the program."""
        if fault.reason is not StoreFaultReason.DISK_FULL:
            raise fault
        self._timeline.seen[Seen.COUNTER_FULL] += 1
        self._timeline.note(self.window, "finds no room")

    def wake(self) -> None:
        """Something was committed: look at the outbox."""
        self._timeline.after(0, self.living(self._sync))

    def hint(self) -> bool | None:
        """Something changed in the hall."""
        if self.running is None:
            return IDLE
        self.running.session.hint()
        return self.living(self._sync)()

    def _start(self) -> None:
        database = self._stores.database(self.disk, self.clock)
        store = catalogues.share(CounterStore(database, self.clock, self._signer))
        replica = CounterReplica(database, self.clock)
        former = CounterFormerChains(database, self._signer)
        session = Session(replica, self.clock, self._signer.public_key(), former)
        session.hinted = self._timeline.happens(0.5)
        self.running = Program(store, replica, session, HallAuthority(Spelled(self._ask), HALL))
        self.wake()
        self.begun()

    def _sync(self) -> bool | None:
        """Do the next thing of the dialogue, unless an answer is still awaited."""
        program = self.program
        if program.under_way is not None:
            return IDLE
        request = program.session.next()
        if isinstance(request, Wait):
            program.alarm += 1
            self._timeline.after(request.milliseconds, self.living(partial(self._ring, program.alarm)))
            return IDLE
        if isinstance(request, Reconnect):
            program.session.answered(request, None)
            return self._sync()
        program.under_way = request
        verb, *arguments = _spelled(request)
        data = wire.request(token(self.window), verb, *arguments)
        life = self.lives
        self._network.send(self.window, data, lambda answer: self._answered(life, request, verb, answer))
        return None

    def _ring(self, alarm: int) -> bool | None:
        return self._sync() if alarm == self.program.alarm else IDLE

    def _answered(self, life: int, request: Request, verb: str, data: bytes | None) -> bool | None:
        if life != self.lives:
            return IDLE
        return self.living(partial(self._take, request, verb, data))()

    def _take(self, request: Request, verb: str, data: bytes | None) -> bool | None:
        """Hand an answer to the session. One that comes late or twice reaches it too, as a confused proxy would do.

        A push, a page and a digest carry what they must be checked against; the others are taken once.
        """
        program = self.program
        awaited = program.under_way is request
        if not awaited and (data is None or isinstance(request, Register | TakeSnapshot)):
            return IDLE
        if awaited:
            program.under_way = None
        if data is None:
            program.session.unreachable(request)
        else:
            self._tell(request, verb, data, awaited=awaited)
        return self._sync()

    def _tell(self, request: Request, verb: str, data: bytes, *, awaited: bool) -> None:
        try:
            answer = wire.read_answer(verb, data)
        except Refused as refused:
            if awaited:
                self.program.session.refused(request, refused)
                if refused.code in SHUT_OUT:
                    self._timeline.seen[Seen.SHUT_OUT] += 1
                    self.shut_out()
        else:
            self.program.session.answered(request, answer)
            self.unproved &= not isinstance(request, PushOperations)

    def _ask(self, verb: str, *arguments: Any) -> Any:
        """Ask the server and wait for it, as the queue authority does; the power may fail meanwhile."""
        self._power.at_call()
        data = self._network.ask(self.window, wire.request(token(self.window), verb, *arguments))
        self._power.at_call()
        return wire.read_answer(verb, data)
