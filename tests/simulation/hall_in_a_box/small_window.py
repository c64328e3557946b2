"""A window of the small hall: the counter's real programs, its clerk, and its line to the server."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.domain.visit import Visit, VisitState
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore
from app.usecases.acting import ActRefused
from hall_in_a_box import wire
from hall_in_a_box.disk import Cut, Disk, PowerCut
from hall_in_a_box.ground import HALL, WINDOWS, ground, token
from hall_in_a_box.stores import Stores
from hall_in_a_box.timeline import PartyClock, Timeline
from sync.client.authority import HallAuthority
from sync.client.exchange import exchange
from sync.client.session import Session
from sync.protocol.interface import Unreachable

STORES = Stores()
MOST_REQUESTS = 30
OLD = 6
"""So many requests of a window may still be on their way somewhere."""


class Around(Protocol):
    """What a window needs of its hall."""

    @property
    def timeline(self) -> Timeline: ...

    def serve(self, data: bytes) -> bytes | None:
        """Answer a request at the server's end."""

    def announce(self, window: str, visit: Visit) -> None:
        """Let the loudspeaker call a number out."""


@dataclass
class Line:
    """A window's way to the server: ``cut`` and ``loses`` an answer; ``old`` requests may arrive once more.

    ``meanwhile`` is a verb, and what the clerk does while the next answer to it is on its way.
    """

    window: str
    serve: Callable[[bytes], bytes | None]
    cut: bool = False
    loses: bool = False
    meanwhile: tuple[str, Callable[[], object]] | None = None
    old: deque[bytes] = field(default_factory=lambda: deque(maxlen=OLD))

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        return lambda *arguments: self.ask(verb, *arguments)

    def ask(self, verb: str, *arguments: Any) -> Any:
        """Ask and wait for the answer.

        Raises:
            Unreachable: none comes.
            Refused: it is a refusal.
        """
        data = wire.request(token(self.window), verb, *arguments)
        if self.cut:
            raise Unreachable
        self.old.append(data)
        answer, lost, self.loses = self.serve(data), self.loses, False
        if self.meanwhile is not None and self.meanwhile[0] == verb:
            act, self.meanwhile = self.meanwhile[1], None
            act()
        if answer is None or lost:
            raise Unreachable
        return wire.read_answer(verb, answer)


class Window:
    """A counter and its clerk, who knows who sits here; the power goes at the next commit when ``falls`` says so."""

    def __init__(self, hall: Around, name: str, disk: Disk) -> None:
        self._hall = hall
        self.name = name
        self.disk = disk
        self.by = ground().clerks[WINDOWS[name]]
        self.clock = PartyClock(hall.timeline, 0)
        self.line = Line(name, hall.serve)
        self._signer = Ed25519Signer(name.encode().ljust(32, b"."))
        self.lives = 0
        self.boot()

    def boot(self) -> None:
        """Start the program on what the disk holds."""
        self.lives += 1
        self.line.meanwhile = None
        database = STORES.database(self.disk, self.clock)
        self.store = CounterStore(database, self.clock, self._signer)
        self.replica = CounterReplica(database, self.clock)
        self.session = Session(self.replica, self.clock, self._signer.public_key())
        self.authority = HallAuthority(self.line, HALL)  # type: ignore[arg-type] # it spells every verb

    def crash(self) -> None:
        """Lose the power; whoever was called before is called out again."""
        self.disk.__dict__.pop("cut", None)
        self.disk.close()
        self.boot()
        visit = self.visit()
        if visit is not None and visit.state is VisitState.CALLED:
            self._hall.announce(self.name, visit)

    def falls(self, when: Cut) -> None:
        """Let the power go at the next commit."""
        self.disk.cut = lambda: when

    def busy(self, verb: str, act: Callable[[], object]) -> None:
        """Let the clerk do something while the next answer to a verb is on its way; the power may go then."""

        def meanwhile() -> None:
            life = self.lives
            act()
            if life != self.lives:
                raise PowerCut("while an answer was on its way")

        self.line.meanwhile = verb, meanwhile

    def visit(self) -> Visit | None:
        """Return who is called or served here."""
        with self.store.read() as view:
            return view.open_visit()

    def do(self, act: Callable[[], Any]) -> Any:
        """Let the clerk press a key: what the program refuses changes nothing, and the power may go."""
        try:
            return act()
        except (ActRefused, AuthorityRefused, AuthorityUnreachable):
            return None
        except PowerCut:
            self.crash()
            return None

    def sync(self, requests: int = MOST_REQUESTS) -> bool:
        """Say what is to be said, so many requests at most; returns whether nothing is left to say."""
        for _ in range(requests):
            wait = self.do(lambda: exchange(self.session, self.line, lambda: None))  # type: ignore[arg-type]
            if wait is not None:
                self._hall.timeline.now_ms += wait.milliseconds
                return not self.line.cut
        return False
