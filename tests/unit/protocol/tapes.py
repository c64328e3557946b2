"""What counters of a generation said, recorded at the wire, and how it is said again to the server of today.

A tape is a list of ``{at_ms, who, method, path, key, body, status, answer}``: every request that brings something, in
order. What was signed cannot be written anew, so the tickets of a tape are put into the queue under the ids they had.
"""

import json
from functools import cache, partial
from pathlib import Path
from typing import Any

import httpx2

from app.domain.business_day import business_date
from app.domain.calendar_document import table_to_json
from app.domain.clerk import Clerk
from app.domain.conflict import How
from app.domain.pause import PauseReason
from app.domain.rating import Grade, Way
from app.domain.ticket import Ticket, TicketState
from app.domain.work.card import WorkCard
from app.storage.calendar_file import load_calendar
from app.storage.signer import Ed25519Signer
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.arrive import arrive
from app.usecases.ask_block import ask_block
from app.usecases.call_next import call_next
from app.usecases.call_reserved import call_reserved
from app.usecases.end_visit import answer_question
from app.usecases.finish_visit import finish_visit
from app.usecases.give_rating import give_rating
from app.usecases.miss_ticket import miss_ticket
from app.usecases.open_day import open_day
from app.usecases.pause_window import pause_window
from app.usecases.present_ticket import present_ticket
from app.usecases.release_block import release_block
from app.usecases.resolve_conflict import resolve_conflict
from app.usecases.resume_window import resume_window
from sync.client.authority import HallAuthority
from sync.client.exchange import exchange
from sync.client.http import HttpCentralServer
from sync.client.session import Session
from sync.protocol.messages import IssueTicket
from sync.server.catalogue_yaml import read
from sync.server.storage import catalogue, tickets
from sync.server.storage.tables import catalogue_version

HALL = "9901"
RESOURCES = Path(__file__).parents[3] / "resources"
DAY_MS = 86_400_000


def tape(name: str) -> list[dict[str, Any]]:
    """Return a recording that lies beside this file."""
    said: list[dict[str, Any]] = json.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return said


@cache
def demo() -> str:
    """Return the demo's catalogue as the server keeps a version."""
    return json.dumps(read((RESOURCES / "catalogue" / "demo-9901.yaml").read_bytes()).document, ensure_ascii=False)


def publish_demo(hall: Any) -> None:
    """Let version 1 of the catalogue be the demo's, with the calendar."""
    calendar = load_calendar(RESOURCES / "calendar")

    def work(connection: Any) -> None:
        connection.execute(catalogue_version.update().values(document=demo()))
        for year in (2025, 2026):
            catalogue.put_year(connection, HALL, year, table_to_json(calendar.table(year)))

    hall.storage.write(work)


def _kept(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without the rows of a snapshot: which tables it has is what a client goes by."""
    return {**answer, "tables": dict.fromkeys(answer["tables"])} if "tables" in answer else answer


class Recorder(httpx2.BaseTransport):
    """Passes requests on to the server and keeps those that bring something."""

    def __init__(self, who: str, kept: list[dict[str, Any]], clock: Any) -> None:
        self._who, self._kept, self._clock = who, kept, clock
        self._line = httpx2.HTTPTransport()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """See ``httpx2.BaseTransport``."""
        request.read()
        response = self._line.handle_request(request)
        content = response.read()
        if request.method == "POST":
            self._kept.append(
                {
                    "at_ms": self._clock.now_ms(),
                    "who": self._who,
                    "method": request.method,
                    "path": request.url.raw_path.decode(),
                    "key": request.headers.get("Idempotency-Key"),
                    "body": json.loads(request.content) if request.content else None,
                    "status": response.status_code,
                    "answer": _kept(json.loads(content)) if content else None,
                }
            )
        headers = {"Content-Type": response.headers.get("Content-Type", "")}
        return httpx2.Response(response.status_code, headers=headers, content=content)

    def close(self) -> None:
        """See ``httpx2.BaseTransport``."""
        self._line.close()


class Day:
    """Two days of a counter of today against its server, recorded: every kind of talk there is, as clerks cause it."""

    def __init__(self, hall: Any, kit: Any, clerk: Clerk) -> None:
        self.hall, self.kit, self.clerk = hall, kit, clerk
        self.kept: list[dict[str, Any]] = []
        self._ends = {who: self._end(who) for who in ("A01", "A02", "kiosk")}
        public_key = Ed25519Signer(bytes(range(32))).public_key()
        self.session = Session(kit.replica, kit.clock, public_key)
        self.authority = HallAuthority(self._ends["A01"], HALL)

    def close(self) -> None:
        """Close the lines."""
        for each in self._ends.values():
            each.close()

    def _end(self, who: str) -> HttpCentralServer:
        recorder = Recorder(who, self.kept, self.hall.clock)
        return HttpCentralServer(self.hall.url, f"token-{who}", self.hall.clock, recorder)

    def wait(self, milliseconds: int) -> None:
        """Let time go on at both ends."""
        self.kit.clock.advance(milliseconds)
        self.hall.clock.now += milliseconds

    def sync(self) -> Any:
        """Talk until there is nothing to say."""
        self.session.hint()
        while exchange(self.session, self._ends["A01"], lambda: None) is None:
            pass
        return self.session.status()

    def issue(self) -> str:
        """Somebody takes a number."""
        self.wait(1_000)
        kiosk = self._ends["kiosk"]
        return kiosk.issue_ticket(HALL, IssueTicket(business="A"), f"issue-{self.hall.clock.now}").number

    def accept(self, citizen: Any, number: str) -> Any:
        """Fill in everything and accept."""
        with self.kit.store.read() as view:
            published = view.catalogue()
        card = WorkCard(None, number, "A", published.version, published.items_of_business("A"))
        card = card.choose_item("ITM-02").seat(citizen).accept_answers().mark_rest_ok()
        for field in card.form.to_fill():
            card = card.fill(field.name, "某某经营")
        return accept_case(self.kit.store, self.kit.clock, load_templates(), card.finish_form(), self.clerk).case

    def run(self, citizen: Any) -> list[dict[str, Any]]:
        """Live through it; returns what was recorded."""
        store, clock, by = self.kit.store, self.kit.clock, self.clerk
        self.sync()
        open_day(store, clock, by)
        numbers = [self.issue() for _ in range(4)]
        visit = call_next(store, clock, self.authority, by)
        arrive(store, clock, by)
        case = self.accept(citizen, visit.number)
        give_rating(store, by, token=case.rating_token, grade=Grade.SATISFIED, way=Way.KEYPAD)
        finish_visit(store, clock, by)
        self.sync()

        ask_block(store, clock, self.authority, by)
        self.sync()
        self.wait(60_000)
        assert call_reserved(store, clock, by).number == numbers[1]
        miss_ticket(store, clock, by)
        assert [each.number for each in release_block(store, by)] == [numbers[2]]
        self.sync()

        self.wait(60_000)
        called = self._ends["A02"].call_next(HALL, "A02", "call-of-another-window")
        present_ticket(store, clock, called.number, by)
        answer_question(store, clock, by)
        assert self.sync().conflicts == 1
        with store.read() as view:
            parked, _ = view.parked_operations(9)
        resolve_conflict(store, parked.operation.seq, How.TAKE, by)
        assert self.sync().conflicts == 0

        pause_window(store, clock, by, reason=PauseReason.MATERIALS, minutes=5)
        self.wait(60_000)
        resume_window(store, clock, by)
        present_ticket(store, clock, numbers[3], by)
        self.accept(citizen, numbers[3])
        finish_visit(store, clock, by)
        self.sync()
        self.wait(DAY_MS)
        open_day(store, clock, by)
        status = self.sync()
        assert (status.pending, status.conflicts) == (0, 0)
        return self.kept


def said_again(hall: Any, said: list[dict[str, Any]]) -> list[tuple[dict[str, Any], httpx2.Response]]:
    """Say a tape to the hall's server; returns each entry with the answer of today."""
    answers = []
    called = (each["answer"]["called_ms"] for each in said if each["path"].endswith("call-next"))
    began = next(called, hall.clock.now)
    for each in said:
        hall.clock.now = each.get("at_ms", began)
        if each["who"] == "kiosk":
            hall.storage.write(partial(tickets.add, new=_queued(each["answer"], hall.clock.now)))
            continue
        headers = {"Authorization": f"Bearer token-{each['who']}", "Content-Type": "application/json"}
        if each["key"] is not None:
            headers["Idempotency-Key"] = each["key"]
        content = None if each["body"] is None else json.dumps(each["body"], ensure_ascii=False).encode()
        answers.append((each, hall.http.request(each["method"], each["path"], content=content, headers=headers)))
    return answers


def _queued(issued: dict[str, Any], now_ms: int) -> Ticket:
    number, day = issued["number"], business_date(now_ms).isoformat()
    return Ticket(issued["id"], HALL, number, number[0], TicketState.WAITING, 1, now_ms - 1_000, business_date=day)
