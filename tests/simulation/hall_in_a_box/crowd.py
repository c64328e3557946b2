"""The citizens, each with one paper and one pair of feet, and the kiosk and the guide that give the papers out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from app.domain.work.card import WorkCard
from app.ports.clock import new_id
from hall_in_a_box import wire
from hall_in_a_box.ground import BUSINESS, GUIDE, HALL, KIOSK, PRIORITIES, token
from hall_in_a_box.network import Network
from hall_in_a_box.timeline import IDLE, SECOND, PartyClock, Timeline, Violation
from sync.protocol.interface import Refused
from sync.protocol.messages import IssueTicket, TicketIssued

COMES_WHEN_CALLED = 0.85
PREFERRED = 0.15
"""How often somebody gets their number, with a priority, from the guide."""


SERVER_FAILED = 500


class Errand(StrEnum):
    """What brings a citizen to a window."""

    APPLY = "apply"
    SUPPLEMENT = "supplement"
    WITHDRAW = "withdraw"


@dataclass(eq=False)
class Citizen:
    """``at`` is the window they stand at, or None; ``receipts`` are the case numbers on the papers in their hand.

    ``number`` is that of the visit they are here for, empty before they have one, ``numbers`` are all they ever had.
    ``back_at`` is the window that held their visit, once they are back from wherever they were ``out``. ``page`` is the
    work card as it was when they went. Who comes another time brings ``case_no`` to the window they had it from.
    ``ended`` counts how often they went home with an outcome.
    """

    name: int
    numbers: list[str] = field(default_factory=list)
    number: str = ""
    at: str | None = None
    home: bool = False
    void: bool = False
    out: bool = False
    back_at: str | None = None
    page: WorkCard | None = None
    errand: Errand = Errand.APPLY
    case_no: str = ""
    receipts: list[str] = field(default_factory=list)
    ended: int = 0

    @property
    def waits(self) -> bool:
        """Whether they sit in the hall with a number."""
        away = self.home or self.out or self.back_at is not None
        return self.at is None and not away and bool(self.number)

    def take(self, number: str) -> None:
        """Be known by this number from now on."""
        self.number = number
        self.numbers.append(number)


class Crowd:
    """While ``coming`` the kiosk gives out numbers; an ``eager`` crowd always listens to the loudspeaker."""

    def __init__(self, timeline: Timeline, network: Network) -> None:
        self._timeline = timeline
        self._network = network
        self._clock = PartyClock(timeline, 0)
        self._papers: dict[str, TicketIssued | None] = {}
        self._returning: list[tuple[str, Citizen]] = []
        self._under_way = 0
        self.business = BUSINESS
        self.coming = True
        self.eager = False
        self.citizens: list[Citizen] = []
        self._of_number: dict[str, Citizen] = {}

    def next_comes(self) -> None:
        """Let a citizen walk up to the kiosk, and another one after them."""
        if self.coming:
            self.take_number()
            self._timeline.after(self._timeline.between(4 * SECOND, 20 * SECOND), self.next_comes)

    def take_number(self) -> None:
        """Let somebody ask for a number: at the kiosk, or from the guide, who alone gives a priority."""
        preferred = self._timeline.happens(PREFERRED)
        priority = self._timeline.chance.choice(PRIORITIES) if preferred else None
        self._ask(
            GUIDE if preferred else KIOSK, IssueTicket(business=self.business, priority=priority), new_id(self._clock)
        )

    def all_served(self) -> bool:
        waited_for = None in self._papers.values() or self._returning or self._under_way
        return not waited_for and all(each.home for each in self.citizens)

    def in_hall(self) -> list[Citizen]:
        """Return who holds a number and stands at no window."""
        return [each for each in self.citizens if each.waits]

    def known_as(self, number: str) -> Citizen | None:
        """Return who has or had this number."""
        return self._of_number.get(number)

    def give(self, citizen: Citizen, number: str) -> None:
        """Let them have this number."""
        citizen.take(number)
        self._of_number[number] = citizen

    def at(self, window: str) -> Citizen | None:
        """Return who stands at the window."""
        return next((each for each in self.citizens if each.at == window), None)

    def sits_down(self, window: str, *, new: bool) -> Citizen | None:
        """Let somebody without a number take the seat: who comes another time, or with ``new`` just anybody."""
        due = next((each for at, each in self._returning if at == window), None)
        if due is not None:
            self._returning.remove((window, due))
            due.home, due.number = False, ""
        elif new:
            due = Citizen(len(self.citizens) + 1)
            self.citizens.append(due)
        if due is not None:
            due.at = window
        return due

    def stands_up(self, citizen: Citizen, window: str) -> None:
        """Let somebody go who sat down in vain: who came with a paper comes again, who has a number waits on."""
        citizen.at = None
        waits_on = citizen.errand is Errand.APPLY and bool(citizen.numbers) and not citizen.ended
        if waits_on:
            citizen.number = citizen.numbers[-1]
        citizen.home = not waits_on
        if citizen.errand is not Errand.APPLY:
            self._returning.append((window, citizen))

    def comes_again(self, citizen: Citizen, window: str, errand: Errand, case_no: str) -> None:
        """Let them come another time with a paper of this case."""
        citizen.errand, citizen.case_no = errand, case_no
        self._under_way += 1

        def come() -> bool:
            self._under_way -= 1
            self._returning.append((window, citizen))
            return IDLE

        self._timeline.after(self._timeline.between(10 * SECOND, 60 * SECOND), come)

    def goes_out(self, citizen: Citizen, window: str) -> None:
        """Let them fetch what is missing, and be back at the window after a while."""
        citizen.at, citizen.out = None, True

        def back() -> bool:
            citizen.back_at, citizen.out = window, False
            return IDLE

        self._timeline.after(self._timeline.between(10 * SECOND, 60 * SECOND), back)

    def announce(self, number: str, window: str, still_called: Callable[[], bool]) -> None:
        """Call a number out; its holder may listen, and walks to the window."""
        if self.eager or self._timeline.happens(COMES_WHEN_CALLED):
            self._timeline.after(
                self._timeline.between(SECOND, 8 * SECOND), partial(self._walk, number, window, still_called)
            )

    def _walk(self, number: str, window: str, still_called: Callable[[], bool]) -> None:
        citizen = self.known_as(number)
        if citizen is not None and citizen.number == number and citizen.waits and still_called():
            citizen.at = window

    def _ask(self, sender: str, wanted: IssueTicket, key: str) -> None:
        self._papers[key] = None
        request = wire.request(token(sender), "issue_ticket", HALL, wanted, key)
        self._network.send(sender, request, partial(self._answered, sender, wanted, key))

    def _answered(self, sender: str, wanted: IssueTicket, key: str, data: bytes | None) -> bool | None:
        """Hand the paper out; after a timeout ask again under the same key. An answer may come twice."""
        held = self._papers[key]
        if data is None and held:
            return IDLE
        if data is None:
            self._ask(sender, wanted, key)
            return None
        try:
            issued: TicketIssued = wire.read_answer("issue_ticket", data)
        except Refused as refused:
            if refused.status < SERVER_FAILED:
                raise
            return IDLE  # the timeout asks again
        if held is None:
            if self.known_as(issued.number) is not None:
                raise Violation(f"{issued.number} was given out twice")
            self._papers[key] = issued
            citizen = Citizen(len(self.citizens) + 1)
            self.citizens.append(citizen)
            self.give(citizen, issued.number)
            self._timeline.note(sender, f"paper {issued.number} {wanted.priority or ''}".rstrip())
        elif held != issued:
            raise Violation(f"one key, two papers: {held.number} and {issued.number}")
        return None
