"""The citizens, each with one paper and one pair of feet, and the kiosk that gives the papers out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from app.ports.clock import new_id
from hall_in_a_box import wire
from hall_in_a_box.ground import BUSINESS, HALL, KIOSK, token
from hall_in_a_box.network import Network
from hall_in_a_box.timeline import IDLE, SECOND, PartyClock, Timeline, Violation
from sync.protocol.messages import IssueTicket, TicketIssued

COMES_WHEN_CALLED = 0.85


@dataclass
class Citizen:
    """``at`` is the window they stand at, or None; ``receipts`` are the case numbers on the papers in their hand."""

    name: int
    number: str
    at: str | None = None
    served: bool = False
    receipts: list[str] = field(default_factory=list)


class Crowd:
    """While ``coming`` the kiosk gives out numbers; an ``eager`` crowd always listens to the loudspeaker."""

    def __init__(self, timeline: Timeline, network: Network) -> None:
        self._timeline = timeline
        self._network = network
        self._clock = PartyClock(timeline, 0)
        self._papers: dict[str, TicketIssued | None] = {}
        self.coming = True
        self.eager = False
        self.citizens: dict[str, Citizen] = {}

    def next_comes(self) -> None:
        """Let a citizen walk up to the kiosk, and another one after them."""
        if self.coming:
            self._ask(new_id(self._clock))
            self._timeline.after(self._timeline.between(4 * SECOND, 20 * SECOND), self.next_comes)

    def all_served(self) -> bool:
        return None not in self._papers.values() and all(each.served for each in self.citizens.values())

    def in_hall(self) -> list[Citizen]:
        """Return who holds a paper and stands at no window."""
        return [each for each in self.citizens.values() if each.at is None and not each.served]

    def announce(self, number: str, window: str, still_called: Callable[[], bool]) -> None:
        """Call a number out; its holder may listen, and walks to the window."""
        if self.eager or self._timeline.happens(COMES_WHEN_CALLED):
            self._timeline.after(
                self._timeline.between(SECOND, 8 * SECOND), partial(self._walk, number, window, still_called)
            )

    def _walk(self, number: str, window: str, still_called: Callable[[], bool]) -> None:
        citizen = self.citizens.get(number)
        if citizen is not None and citizen.at is None and not citizen.served and still_called():
            citizen.at = window

    def _ask(self, key: str) -> None:
        self._papers[key] = None
        request = wire.request(token(KIOSK), "issue_ticket", HALL, IssueTicket(business=BUSINESS), key)
        self._network.send(KIOSK, request, partial(self._answered, key))

    def _answered(self, key: str, data: bytes | None) -> bool | None:
        """Hand the paper out; after a timeout ask again under the same key. An answer may come twice."""
        held = self._papers[key]
        if data is None and held:
            return IDLE
        if data is None:
            self._ask(key)
            return None
        issued: TicketIssued = wire.read_answer("issue_ticket", data)
        if held is None:
            self._papers[key] = issued
            self.citizens[issued.number] = Citizen(len(self.citizens) + 1, issued.number)
            self._timeline.note(KIOSK, f"paper {issued.number}")
        elif held != issued:
            raise Violation(f"one key, two papers: {held.number} and {issued.number}")
        return None
