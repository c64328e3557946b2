"""Living windows of a hall over HTTP: what a clerk presses at one is heard by the server, and by the others from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from clock_desk import FAR, Bridge, Desk, Kit
from clock_hall import counter_at
from living_counter import Key, Living, living
from published_hall import DEMO, HALL, Hall

from app.domain.clerk import Clerk
from app.domain.rights import Role
from app.domain.visit import VisitState
from app.storage.contact_records import CounterContacts
from sync.client.authority import HallAuthority
from sync.client.records import ContactFetcher, HttpRecords
from sync.server.service import provision
from sync.server.service.tokens import token_hash
from sync.server.storage import clerks

UNKNOWN = 401
URL = "http://testserver.local"


class WindowClock:
    """The hall's clock as a window's hands move it on: no key is pressed twice within its latch."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    @property
    def ms(self) -> int:
        return self._hall.clock.now

    @ms.setter
    def ms(self, now: int) -> None:
        self._hall.clock.now = now

    def now_ms(self) -> int:
        return self._hall.clock.now_ms()

    def monotonic_ms(self) -> int:
        return self._hall.clock.monotonic_ms()

    def random_bytes(self, count: int) -> bytes:
        return self._hall.clock.random_bytes(count)


@dataclass
class HallWindow:
    """One counter of the hall, at which nothing but the keys of its window does anything."""

    hall: Hall
    window: str
    desk: Desk

    @property
    def kit(self) -> Kit:
        """Its store with all its faces."""
        return self.desk.kit

    @property
    def clerk(self) -> Clerk:
        """Who sits there."""
        return self.desk.clerk

    def sync(self) -> None:
        """Say what was done here, hear what was done elsewhere; nothing may be parked."""
        self.desk.sync()

    def fetch_contacts(self) -> int:
        """Ask the server, as the clerk, for the contacts this window is to go on with; return how many came."""
        line = HttpRecords(URL, f"token-{self.clerk.number}", self.hall.clock, Bridge(self.hall))
        fetcher = ContactFetcher(CounterContacts(self.kit.database), self.window)
        return fetcher.step(lambda ids: line.contacts(HALL, ids))

    def kinds(self) -> list[str]:
        """Return the kinds of what is not sent yet, oldest first."""
        return [each.kind for each in self.kit.replica.pending(1000)]

    @contextmanager
    def open(self, qtbot: Any) -> Iterator[Living]:
        """Sit down at the window."""
        authority = HallAuthority(self.desk.server, HALL)
        with living(
            qtbot, WindowClock(self.hall), self.kit, self.clerk, authority=authority, number=self.window
        ) as counter:
            yield counter


def hall_window(hall: Hall, window: str) -> HallWindow:
    """Put a counter with a new store at a window, for the first clerk of the demo staff who sits there.

    It is Monday morning: other tests of this hall leave their clock behind.
    """
    hall.clock.set("2026-11-23")
    staff = next(each for each in DEMO["staff"] if window in each["windows"])
    number = staff["number"]
    provision.add_device(hall.storage, HALL, window, Role.COUNTER, token=f"token-{window}", window=window)
    if hall.ask("GET", f"/v1/sync/snapshot?hall={HALL}", number).status_code == UNKNOWN:
        hashed = token_hash(f"token-{number}")
        hall.storage.write(
            lambda connection: clerks.add_session(connection, HALL, hashed, number=number, device=None, expires_ms=FAR)
        )
    clerk = Clerk(number, staff["name"], staff["department"], frozenset({Role.CLERK}), (window,), ("*",), FAR)
    kit, server, device = counter_at(hall, window)
    return HallWindow(hall, window, Desk(hall, kit, server, "", device, clerk, clerk, clerk))


def look(counter: Living) -> None:
    """The feed brought something: the window looks."""
    counter.presenter.look()
    counter.until(lambda: not counter.presenter._looking)


def serving(counter: Living) -> bool:
    """Say whether somebody is served."""
    visit = counter.state.visit
    return visit is not None and visit.state is VisitState.SERVING


def fill(counter: Living) -> None:
    """Write what the form of the page still asks for: free text."""
    card = counter.state.card
    assert card is not None
    assert card.form is not None
    for each in card.form.to_fill():
        counter.write("15400000002" if each.name == "phone" else "5" if each.pattern else "某某经营")
        counter.press(Key.Key_Return)
