"""A counter of the hall of clocks: its real store, its line over HTTP, a clerk at the window and a reviewer behind."""

import json
from dataclasses import dataclass, replace
from typing import Any, cast

import httpx2
from published_hall import DEMO, HALL, Clock, Hall
from spare_stores import put_back
from typing_extensions import override

from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft, to_wire
from app.domain.person import Person, PersonSource
from app.domain.record import plain
from app.domain.rights import Role
from app.domain.work.card import WorkCard
from app.domain.work.ending import EndingWay, WithdrawReason, choose_way, open_menu, write
from app.ports.spool import JobState
from app.storage.engine import Database
from app.storage.replica import CounterReplica
from app.storage.slip_files import load_templates
from app.storage.spool import CounterSpool
from app.storage.store import CounterStore
from app.usecases.accept_case import accept_case
from app.usecases.finish_visit import finish_visit
from app.usecases.intake_case import intake_case
from app.usecases.notice_case import notice_case
from app.usecases.open_day import open_day
from app.usecases.review_case import take_up
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_case import withdraw_case
from sync.client.http import HttpCentralServer
from sync.protocol.messages import MAX_PAGE, Push

FAR = 1 << 50
_WITHDRAW = 1 + list(EndingWay).index(EndingWay.WITHDRAWAL)
CITIZEN = Person(
    name="陈某某",
    number="990101199003070015",
    card_type="resident",
    source=PersonSource.CARD,
    read_at_ms=0,
    address="示范县东街道1号",
    birth_date="1990-03-07",
    sex="男",
    ethnicity="汉",
    phone="15400000001",
)
ANSWERS = {"uscc": DEMO["departments"][0]["uscc"], "number": "12"}
WINDOWS = {"ITM-08": ("A07", "F", "0304", "0411"), "ITM-09": ("B01", "B", "0311", "0412")}
WINDOWS |= {"ITM-05": ("D02", "H", "0323", "0416"), "ITM-07": ("B01", "B", "0311", "0415")}
WINDOWS |= {"ITM-10": ("E01", "E", "0321", "0413"), "ITM-11": ("E01", "E", "0321", "0414")}


class Bridge(httpx2.BaseTransport):
    """Carries what the counter's own HTTP client says to the application in this process."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    @override
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._hall.client.request(
            request.method, str(request.url), headers=dict(request.headers), content=request.read()
        )
        return httpx2.Response(answer.status_code, content=answer.content)


def person(number: str, *roles: Role, department: str, items: tuple[str, ...] = ("*",)) -> Clerk:
    """Return somebody as the counter knows them."""
    return Clerk(number, "某某", department, frozenset(roles), (), items, FAR)


@dataclass
class Kit:
    """One counter's store with all its faces."""

    database: Database
    store: CounterStore
    replica: CounterReplica
    spool: CounterSpool
    clock: Clock


@dataclass
class Desk:
    """One counter: its store, its line, the clerk at the window and the reviewer behind it."""

    hall: Hall
    kit: Kit
    server: HttpCentralServer
    item_id: str
    device: str
    clerk: Clerk
    reviewer: Clerk
    manager: Clerk

    @property
    def clock(self) -> Clock:
        """The clock of everybody here."""
        return self.hall.clock

    def close(self) -> None:
        """Leave the counter."""
        put_back(self.kit.database)

    def say(
        self, kind: str, case: Case, fact: dict[str, Any], *, by: Clerk | None = None, base_rev: int | None = None
    ) -> list[tuple[str, str | None]]:
        """Let a changed client sign and push a fact that its own rules would refuse."""
        return self.say_of(kind, "case", case.case_id, fact, by=by or self.reviewer, base_rev=base_rev or case.rev)

    def say_of(self, kind: str, entity: str, entity_id: str, fact: dict[str, Any], **more: Any) -> Any:
        """Say something of anything."""
        actor = more.pop("by", self.clerk).at(self.clerk_window)
        with self.kit.store.begin() as work:
            work.append(OperationDraft(kind, entity, entity_id, fact, actor, **more))
        return self.push()

    def payload(self, case: Case) -> dict[str, Any]:
        """Return a case as an operation carries it whole."""
        return plain(case)

    @property
    def counter(self) -> str:
        """The registration number of this counter."""
        known = self.kit.replica.counter()
        assert known is not None
        return known.counter

    def own_cards(self) -> Any:
        """Return the cards the clerk at this counter is shown, by subject."""
        with self.kit.store.read() as view:
            return [each for each in view.hanging_cards(99) if each.clerk == self.clerk.number]

    def looked(self) -> int:
        """Return the instant at which the server last looked at what time alone moves."""
        return int(self.hall.client.app.state.get("looked_ms", 0))

    def notice(self, line: int) -> Case:
        """Take a case in of which one material is missing, and give the one-time notice."""
        kit = self.kit
        walk_in(kit.store, kit.clock, self.clerk)
        card = self._card().toggle_missing(line)
        case = notice_case(kit.store, kit.clock, load_templates(), card, self.clerk).case
        finish_visit(kit.store, kit.clock, self.clerk)
        return case

    def slip(self, case_id: str) -> str:
        """Return the words on the first paper of a case."""
        with self.kit.store.read() as view:
            return json.dumps(view.print_jobs_of(case_id)[0].document, ensure_ascii=False)

    def originals(self, case_id: str) -> Any:
        """Return the sealed originals that are owed for a case."""
        with self.kit.store.read() as view:
            return view.originals_of(case_id)

    def at(self, day: str) -> None:
        """Let a working day begin at nine o'clock, everywhere."""
        self.hall.clock.set(day)
        open_day(self.kit.store, self.kit.clock, self.clerk)

    def push(self) -> list[tuple[str, str | None]]:
        """Send what was recorded; returns what became of each operation."""
        operations = self.kit.replica.pending(1000)
        if not operations:
            return []
        message = Push(
            self.device, self.kit.replica.incarnation(), operations[0].seq, [to_wire(each) for each in operations]
        )
        result = self.server.push(message)
        self.kit.replica.acknowledge(result.acked_seq, {})
        return [(each.status, each.reason) for each in result.results]

    def pull(self) -> None:
        """Take what the hall's feed has."""
        while True:
            cursor = self.kit.replica.cursor()
            page = self.server.pull(HALL, cursor, MAX_PAGE)
            if not page.events:
                return
            events = [
                {
                    "seq": each.seq,
                    "entity": each.entity,
                    "entity_id": each.entity_id,
                    "rev": each.rev,
                    "data": each.data,
                }
                for each in page.events
            ]
            assert self.kit.replica.apply(cursor, events, page.next)

    def sync(self) -> None:
        """Send and take; nothing may be parked."""
        kinds = [each.kind for each in self.kit.replica.pending(1000)]
        parked = [(kind, *said) for kind, said in zip(kinds, self.push(), strict=True) if said[0] != "applied"]
        assert not parked, parked
        self.pull()

    def take_in(self, *, accept: bool = True) -> Case:
        """Let a citizen come, with everything that is asked for, and go with a paper."""
        kit, templates = self.kit, load_templates()
        walk_in(kit.store, kit.clock, self.clerk)
        verb = accept_case if accept else intake_case
        case = verb(kit.store, kit.clock, templates, self._card(), self.clerk).case
        finish_visit(kit.store, kit.clock, self.clerk)
        return case

    def give_back(self, case: Case) -> Case:
        """Let the applicant take their application back."""
        kit = self.kit
        walk_in(kit.store, kit.clock, self.clerk)
        with kit.store.read() as view:
            catalogue = view.catalogue()
        business = WINDOWS[self.item_id][1]
        card = WorkCard(None, f"{business}001", business, catalogue.version, catalogue.items_of_business(business))
        card = choose_way(open_menu(card.seat(CITIZEN)), _WITHDRAW)
        card = write(write(card, "number", case.case_no), "reason", WithdrawReason.ELSEWHERE)
        done = withdraw_case(kit.store, kit.clock, load_templates(), card, self.clerk).case
        finish_visit(kit.store, kit.clock, self.clerk)
        return done

    def under_review(self) -> Case:
        """Take a case in and let the department take it up."""
        return take_up(self.kit.store, self.kit.clock, self.take_in().case_id, self.reviewer)

    def case(self, case_id: str) -> Case:
        """Return the case as this counter holds it."""
        with self.kit.store.read() as view:
            return cast("Case", view.case(case_id))

    def printed(self) -> None:
        """Let the printer bring out everything that waits."""
        while (job := self.kit.spool.next_queued()) is not None:
            self.kit.spool.claim(job.job_id)
            self.kit.spool.mark(job.job_id, JobState.PRINTED)

    def row(self, case_id: str) -> dict[str, Any]:
        """Return the case as every counter of the hall is told it."""
        tables = self.hall.ask("GET", f"/v1/sync/snapshot?hall={HALL}", self.clerk_window).json()["tables"]
        return next(each for each in tables["case"] if each["case_id"] == case_id)

    @property
    def clerk_window(self) -> str:
        """The window of this counter, which names its token too."""
        return WINDOWS[self.item_id][0]

    def _card(self) -> WorkCard:
        with self.kit.store.read() as view:
            catalogue = view.catalogue()
        business = WINDOWS[self.item_id][1]
        card = WorkCard(None, f"{business}001", business, catalogue.version, catalogue.items_of_business(business))
        card = card.choose_item(self.item_id).seat(replace(CITIZEN, read_at_ms=self.kit.clock.now))
        card = card.accept_answers().mark_rest_ok()
        assert card.form is not None
        for each in card.form.to_fill():
            value = (
                ANSWERS["uscc"]
                if each.check
                else ANSWERS["number"]
                if each.pattern
                else each.options[0]
                if each.options
                else "某某"
            )
            card = card.fill(each.name, value)
        return card.finish_form()
