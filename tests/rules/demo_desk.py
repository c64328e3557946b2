"""The places of a demo case: windows and a department's desk, each on its own store, line over HTTP and printer."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from clock_desk import FAR, Bridge
from guide_desk import GuideDesk, NearGuide
from hand_out import LatchClock
from living_counter import Living, living
from papers import words_of
from published_hall import DEMO, HALL, Hall
from PySide6.QtCore import Qt
from spare_stores import counter_store, put_back
from sqlalchemy import Connection, delete, select

from app.commands.slip_encoding import encoder
from app.commands.system_clock import SystemClock
from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.original import delivered, sent
from app.domain.rights import Role
from app.ports.clock import new_id
from app.storage.originals import CounterOriginals
from app.storage.replica import CounterReplica
from app.storage.review_view import CounterRecords
from app.storage.signer import Ed25519Signer
from app.storage.spool import CounterSpool
from app.storage.store import CounterStore
from app.storage.tables import OPERATION
from printing.profile import PrinterProfile
from printing.simulator.printer import PrinterSimulator
from printing.spooler import Spooler
from printing.thermal import cut_off
from printing.transport import open_printer
from sync.client.authority import HallAuthority
from sync.client.exchange import exchange
from sync.client.http import HttpCentralServer
from sync.client.records import HttpRecords, RecordFetcher
from sync.client.requests import Wait
from sync.client.session import Session
from sync.server.service import provision
from sync.server.service.tokens import token_hash
from sync.server.storage import clerks
from sync.server.storage.clerks import Profile
from sync.server.storage.tables import window_day

BASE = "http://testserver.local"
PROFILE = PrinterProfile("gbk", 48, 576)
PLACES = ("A03", "A07", "B01", "B02", "D02", "E01", "R01")
CALLERS = {"0411": None, "0402": None, "0412": None, "0901": None, "0902": None, "0801": "guide"}
"""Who asks the server for something by a session of their own; the departments' reviewers are made up for the tests."""
REVIEWERS = {"0411": "D-JT", "0412": "D-CL"}


def furnish(hall: Hall) -> None:
    """Give the hall the windows, the desks and the people of the demo cases."""
    for place in PLACES:
        provision.add_device(hall.storage, HALL, place, Role.COUNTER, token=f"token-{place}", window=place)
    provision.add_device(hall.storage, HALL, "guide", Role.GUIDE, token="token-guide")
    for number, department in REVIEWERS.items():
        profile = Profile(number, "蒋某", department, ("reviewer",), (), ("*",))
        provision.add_clerk(hall.storage, profile, HALL, password=None)
    manager = next(each for each in provision.profiles_of(DEMO) if each.clerk == "0901")
    provision.add_clerk(hall.storage, manager, HALL, password="manager-0901")
    hall.storage.write(_sessions)


def _sessions(connection: Connection) -> None:
    for number, device in CALLERS.items():
        hashed = token_hash(f"person-{number}")
        clerks.add_session(connection, HALL, hashed, number=number, device=device, expires_ms=FAR)


@dataclass(frozen=True)
class Paper:
    """A slip as it fell out of the printer: its words without spaces, and what its codes say."""

    words: str
    codes: tuple[str, ...]


def _paper(fallen: dict[str, Any]) -> Paper:
    return Paper("".join(fallen["text"].split()), tuple(fallen["codes"]))


@dataclass
class Seat:
    """A computer of the hall and who sits there; ``office`` is what a reviewer's desk asks who stands beside it."""

    hall: Hall
    window: str
    clerk: Clerk
    database: Any
    store: CounterStore
    replica: CounterReplica
    spool: CounterSpool
    session: Session
    server: HttpCentralServer
    fetcher: RecordFetcher
    printer: PrinterSimulator
    office: "Seat | None" = None
    taken: list[Paper] = field(default_factory=list)

    @property
    def clock(self) -> Any:
        """The clock of everybody."""
        return self.hall.clock

    def vouch(self, number: str, password: str) -> Clerk:
        """Sign in who stands beside the desk, at the server."""
        return HallAuthority(self.server, HALL).sign_in(number, password)

    def sync(self) -> "Seat":
        """Say everything that was done here, hear what was done elsewhere, get the whole cases; nothing is parked."""
        self.session.hint()
        for _ in range(60):
            if isinstance(exchange(self.session, self.server, self.server.reconnect), Wait):
                break
        records = HttpRecords(BASE, f"person-{self.clerk.number}", self.clock, Bridge(self.hall))
        while Role.REVIEWER in self.clerk.roles and self.fetcher.step(lambda ids: records.records(HALL, ids)) >= 0:
            pass
        with self.database.read() as connection:
            rows = connection.execute(
                select(OPERATION.c.wire, OPERATION.c.parked).where(OPERATION.c.parked.is_not(None))
            )
            parked = [(row.wire["kind"], row.parked) for row in rows]
        assert parked == []
        return self

    def case(self, case_id: str) -> Case:
        """Return the case as this computer holds it."""
        with self.store.read() as view:
            case = view.case(case_id)
        assert case is not None
        return case

    def print_originals(self) -> None:
        """The A4 printer does its work."""
        spool = CounterOriginals(self.database)
        while (queued := spool.next_queued()) is not None:
            spool.claim(queued.original_id)
            spool.settle(delivered(sent(queued), "lp:test", self.clock.now_ms(), kept=False))

    def originals(self, case_id: str) -> dict[str, str]:
        """Return the words of every sealed document in the A4 spool of a case, by its slip."""
        with self.store.read() as view:
            return {each.slip: words_of(view.original_paper(each.original_id)) for each in view.originals_of(case_id)}

    def out(self, counter: Living, count: int = 1) -> list[Paper]:
        """Wait until so many more papers fell out of the printer, and take them."""
        counter.until(lambda: len(self._papers()) == count)
        fallen = [_paper(each) for each in self._papers()]
        counter.until(lambda: self.spool.next_queued() is None)
        self.printer.handle({"do": "take"})
        return fallen

    def _papers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.printer.handle({"do": "papers"})["papers"]
        return found


class DemoHall:
    """Opens the places of one case and closes them after it."""

    def __init__(self, hall: Hall, qtbot: Any, open_: ExitStack) -> None:
        self.hall, self._qtbot, self._open = hall, qtbot, open_
        self._seats: dict[str, Seat] = {}
        hall.storage.write(lambda connection: connection.execute(delete(window_day)))

    def at(self, day: str, hour: int = 9) -> None:
        """Let a day begin."""
        self.hall.clock.set(day, hour)

    def seat(self, window: str, number: str) -> Seat:
        """Return the place at which this clerk sits, open since the case began."""
        if window not in self._seats:
            self._seats[window] = self._new_seat(window, number)
        return self._seats[window].sync()

    def _new_seat(self, window: str, number: str) -> Seat:
        staff = {each["number"]: each for each in DEMO["staff"]}
        known = staff.get(number) or {
            "name": "蒋某",
            "department": REVIEWERS[number],
            "roles": ["reviewer"],
            "items": "*",
        }
        roles = frozenset(map(Role, known["roles"]))
        clerk = Clerk(number, known["name"], known["department"], roles, (window,), tuple(known["items"]), FAR)
        clock, database = self.hall.clock, counter_store(self.hall.clock)
        self._open.callback(put_back, database)
        signer = Ed25519Signer(random.Random(f"{window}{clock.now}").randbytes(32))
        replica = CounterReplica(database, clock)
        server = HttpCentralServer(BASE, f"token-{window}", clock, Bridge(self.hall))
        printer = PrinterSimulator("127.0.0.1", 0, SystemClock())
        printer.start()
        self._open.callback(printer.stop)
        seat = Seat(
            self.hall,
            window,
            clerk,
            database,
            CounterStore(database, clock, signer),
            replica,
            CounterSpool(database),
            Session(replica, clock, signer.public_key()),
            server,
            RecordFetcher(CounterRecords(database), clerk, pickup=False),
            printer,
        )
        seat.office = seat
        return seat

    def ticket(self, business: str) -> str:
        """Let a citizen take a number at the kiosk."""
        answer = self.hall.ask(
            "POST",
            f"/v1/halls/{HALL}/tickets",
            "kiosk",
            json={"business": business, "priority": None},
            headers={"Idempotency-Key": new_id(self.hall.clock)},
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["number"])

    def ask(self, method: str, path: str, token: str, **more: Any) -> Any:
        """Ask the server over HTTP; returns what it answers."""
        headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
        answer = self.hall.client.request(method, path, headers=headers, **more)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def cards(self) -> Any:
        """Return the cards of the electronic supervision, as the manager is shown them."""
        return self.ask("GET", f"/v1/halls/{HALL}/cards", "person-0901")["cards"]

    def snapshot(self, table: str) -> Any:
        """Return the rows every window is told of."""
        return self.ask("GET", f"/v1/sync/snapshot?hall={HALL}", "token-A01")["tables"][table]

    def rate(self, code: str, grade: int, **more: str) -> str:
        """Rate by the code on a slip, as a phone does; returns the page that answers."""
        path = f"/r/{code.removeprefix('ZW1R:')}"
        answer = self.hall.client.post(path, data={"grade": str(grade), "comment": "", **more})
        return str(answer.text)

    def query(self, number: str, code: str) -> str:
        """Ask how something stands by the query code on its slip, as a phone does; returns the page."""
        return str(self.hall.client.post(f"/q/{number}", data={"code": code}).text)

    def at_the_guide(self, letter: str) -> list[Paper]:
        """Let a citizen take a number at the guide desk, by its keys; returns what its printer gave."""
        printer = PrinterSimulator("127.0.0.1", 0, SystemClock())
        printer.start()
        self._open.callback(printer.stop)
        desk = GuideDesk(NearGuide(self.hall.service, "person-0801"), self.hall.clock, printer, self._qtbot)
        try:
            desk.press(letter, Qt.Key.Key_Return)
            desk.until(lambda: len(desk.papers()) == 1 and "已打印" in desk.window.windowTitle())
            desk.until(
                lambda: desk.presenter.state.shown is not None and desk.presenter.state.shown.picture is not None
            )
        finally:
            desk.close()
        return [_paper(each) for each in printer.handle({"do": "papers"})["papers"]]

    @contextmanager
    def window(self, seat: Seat) -> Iterator[Living]:
        """Open the counter window of a place, with its printer, until the end of the block."""
        authority = HallAuthority(seat.server, HALL)
        with ExitStack() as open_:
            counter = open_.enter_context(
                living(self._qtbot, LatchClock(seat), seat, seat.clerk, authority=authority, number=seat.window)
            )
            printer = open_printer("tcp://{}:{}".format(*seat.printer.address), SystemClock())
            spooler = Spooler(
                seat.spool,
                printer,
                encoder(PROFILE),
                SystemClock(),
                counter.bridge.printer.emit,
                cut_off=cut_off(PROFILE),
            )
            spooler.start()
            open_.callback(spooler.stop)
            counter.presenter._parts = replace(counter.parts, wake_printer=spooler.wake, vouch=seat.vouch)
            seat.sync()
            yield counter


@contextmanager
def opened(hall: Hall, qtbot: Any) -> Iterator[DemoHall]:
    """Open a hall for one case."""
    with ExitStack() as open_:
        yield DemoHall(hall, qtbot, open_)
