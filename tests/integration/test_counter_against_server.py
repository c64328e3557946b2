"""One citizen served by a real counter store against the real server, over HTTP, connected and cut off."""

import json
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.domain.chosen import ChosenCall, ChosenReason
from app.domain.link import Link, LinkStatus
from app.domain.person import Person
from app.domain.rating import Grade, Way
from app.domain.transfer import suggested
from app.domain.visit import Outcome
from app.domain.work.card import WorkCard
from app.domain.work.supplement import AddingReason
from app.ports.queue_authority import AuthorityUnreachable
from app.storage.keys import KeyFile, load_keys
from app.storage.opening import open_file
from app.storage.passwords import Argon2Passwords
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.slip_files import load_templates
from app.storage.store import CounterStore
from app.usecases.accept_case import accept_case
from app.usecases.allow_adding import allow_adding
from app.usecases.answer_transfer import take_transfer
from app.usecases.arrive import arrive
from app.usecases.call_chosen import call_chosen
from app.usecases.call_next import call_next
from app.usecases.complete_case import complete_case
from app.usecases.finish_visit import finish_visit
from app.usecases.give_rating import give_rating
from app.usecases.notice_case import notice_case
from app.usecases.open_day import open_day
from app.usecases.present_paper import present_paper
from app.usecases.present_ticket import present_ticket
from app.usecases.refer_on import refer_on
from app.usecases.save_draft import restore_draft
from app.usecases.sign_in import sign_in
from app.usecases.transfer_ticket import transfer_ticket
from app.usecases.walk_in import walk_in
from sync.client.authority import HallAuthority
from sync.client.exchange import exchange
from sync.client.floor import HttpFloor
from sync.client.hints import HintListener
from sync.client.http import HttpCentralServer
from sync.client.session import Session
from sync.client.worker import SyncWorker
from sync.protocol.messages import IssueTicket

START = (
    "import argparse, sys; from app.commands import server;"
    "parser = argparse.ArgumentParser(); server.register(parser.add_subparsers());"
    "arguments = parser.parse_args(sys.argv[1:]); sys.exit(arguments.run(arguments))"
)
HALL = "9901"


class Hall:
    """The demo server in a process of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = "0"
        self.start()

    def start(self) -> None:
        arguments = ["server", "--db", f"sqlite:///{self.data}/server.db", "--data", str(self.data), "--demo"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, *arguments, "--port", self.port],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = json.loads(self.process.stdout.readline())["listening"]
        self.port = self.url.rsplit(":", 1)[1].strip("/")
        self.credentials = json.loads((self.data / "demo-credentials.json").read_text("utf-8"))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def issue(self, business: str) -> str:
        kiosk = HttpCentralServer(self.url, self.credentials["tokens"]["kiosk"], SystemClock())
        number = kiosk.issue_ticket(HALL, IssueTicket(business=business), secrets.token_hex(8)).number
        kiosk.close()
        return number


class Desk:
    """A counter with everything but a screen."""

    def __init__(self, hall: Hall, data: Path, window: str = "A01") -> None:
        self.clock = SystemClock()
        path = data / "counter.db"
        keys = load_keys(KeyFile(data / "counter.key"), self.clock, store_exists=path.exists())
        self.database = open_file(path, keys.database, self.clock)
        signer = Ed25519Signer(keys.device_seed)
        self.store = CounterStore(self.database, self.clock, signer)
        self.replica = CounterReplica(self.database, self.clock)
        self.token = hall.credentials["tokens"][window]
        self.server = HttpCentralServer(hall.url, self.token, self.clock)
        self.session = Session(self.replica, self.clock, signer.public_key())
        self.authority = HallAuthority(self.server, HALL)

    def sync(self) -> LinkStatus:
        """Talk until there is nothing to say."""
        self.session.hint()
        while exchange(self.session, self.server, self.server.reconnect) is None:
            pass
        return self.session.status()

    def sign_in(self, hall: Hall, number: str = "0301") -> Any:
        password = hall.credentials["clerks"][number]
        return sign_in(self.store, self.clock, self.authority, Argon2Passwords(), number=number, password=password)

    def card(self, citizen: Person, number: str, item_id: str = "ITM-02") -> WorkCard:
        with self.store.read() as view:
            catalogue = view.catalogue()
        assert catalogue is not None
        blank = WorkCard(None, number, "A", catalogue.version, catalogue.items_of_business("A"))
        card = blank.choose_item(item_id).seat(citizen).accept_answers().mark_rest_ok()
        assert card.form is not None
        for field in card.form.to_fill():
            card = card.fill(field.name, "某某经营")
        return card.finish_form()

    def close(self) -> None:
        self.server.close()
        self.database.close()


class Listening:
    """Passes hints on, and tells when the stream is open."""

    def __init__(self, worker: SyncWorker, opened: threading.Event) -> None:
        self.worker = worker
        self.opened = opened

    def hint(self) -> None:
        self.worker.hint()

    def set_hinted(self, *, hinted: bool) -> None:
        self.worker.set_hinted(hinted=hinted)
        self.opened.set()


@pytest.fixture
def hall(rested: Path, tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(shutil.copytree(rested, tmp_path / "server"))
    yield hall
    if hall.process.poll() is None:
        hall.stop()


@pytest.fixture
def desk(hall: Hall, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(hall, tmp_path / "counter")
    yield desk
    desk.close()


def test_one_citizen_is_served_and_the_server_holds_every_step(hall: Hall, desk: Desk, citizen: Person) -> None:
    assert desk.sync().link is Link.SYNCED
    clerk = desk.sign_in(hall)
    open_day(desk.store, desk.clock, clerk)
    number = hall.issue("A")
    visit = call_next(desk.store, desk.clock, desk.authority, clerk)
    assert visit is not None
    assert visit.number == number
    arrive(desk.store, desk.clock, clerk)
    case = accept_case(desk.store, desk.clock, load_templates(), desk.card(citizen, number), clerk).case
    assert finish_visit(desk.store, desk.clock, clerk).outcome is Outcome.ACCEPTED
    status = desk.sync()
    assert (status.link, status.pending, status.conflicts) == (Link.SYNCED, 0, 0)
    snapshot = desk.server.snapshot(HALL)
    assert [each["case_no"] for each in snapshot.tables["case"]] == [case.case_no]
    assert [each["state"] for each in snapshot.tables["ticket"]] == ["done"]
    theirs = desk.server.digest(HALL)
    cursor, tables = desk.replica.digest(theirs.since, theirs.kept_from)
    assert cursor == theirs.cursor
    assert tables == {name: (each.count, each.hash) for name, each in theirs.tables.items()}


def test_a_cut_off_window_goes_on_with_presented_tickets_and_loses_nothing(
    hall: Hall, desk: Desk, citizen: Person
) -> None:
    desk.sync()
    clerk = desk.sign_in(hall)
    open_day(desk.store, desk.clock, clerk)
    number = hall.issue("A")
    hall.stop()
    with pytest.raises(AuthorityUnreachable):
        call_next(desk.store, desk.clock, desk.authority, clerk)
    assert desk.sign_in(hall).number == clerk.number
    present_ticket(desk.store, desk.clock, number.lower(), clerk)
    case = accept_case(desk.store, desk.clock, load_templates(), desk.card(citizen, number), clerk).case
    assert give_rating(desk.store, clerk, token=case.rating_token, grade=Grade.DISSATISFIED, way=Way.KEYPAD)
    assert desk.sync().link is Link.OFFLINE
    hall.start()
    desk.session._backoff.succeeded()
    status = desk.sync()
    assert (status.link, status.pending, status.conflicts) == (Link.SYNCED, 0, 0)
    assert [each["case_no"] for each in desk.server.snapshot(HALL).tables["case"]] == [case.case_no]
    with urllib.request.urlopen(f"{hall.url}/r/{case.rating_token}", timeout=10) as page:
        assert "这次服务已经评价过了" in page.read().decode()


def test_a_ticket_the_counter_never_heard_of_is_finished_by_its_number(hall: Hall, desk: Desk, citizen: Person) -> None:
    desk.sync()
    clerk = desk.sign_in(hall)
    open_day(desk.store, desk.clock, clerk)
    number = hall.issue("A")
    present_ticket(desk.store, desk.clock, number, clerk)
    accept_case(desk.store, desk.clock, load_templates(), desk.card(citizen, number), clerk)
    finish_visit(desk.store, desk.clock, clerk)
    assert desk.sync().conflicts == 0


def test_a_citizen_is_chosen_handed_on_taken_and_served_elsewhere(hall: Hall, desk: Desk, tmp_path: Path) -> None:
    other = Desk(hall, tmp_path / "other", "A02")
    clerk = None
    for each in (desk, other):
        each.sync()
        clerk = each.sign_in(hall)
        open_day(each.store, each.clock, clerk)
        each.sync()
    assert clerk is not None
    hall.issue("A")
    number = hall.issue("A")
    choice = ChosenCall(number, ChosenReason.URGENT)
    visit = call_chosen(desk.store, desk.clock, desk.authority, choice, clerk)
    assert visit is not None
    assert visit.number == number
    arrive(desk.store, desk.clock, clerk)
    best = suggested(desk.authority.lines(), "A01", "A")
    assert best is not None
    assert (best.window, best.waiting) == ("A02", 1)
    transfer_ticket(desk.store, desk.clock, load_templates(), "A02", clerk)
    assert (desk.sync().conflicts, other.sync().conflicts) == (0, 0)
    with other.store.read() as view:
        assert [each.number for each in view.offered_to("A02")] == [number]
    manager = HttpFloor(hall.url, hall.credentials["tokens"]["manager"], desk.clock)
    assert [(each.number, each.to_window) for each in manager.state(HALL).contacts] == [(number, "A02")]
    assert take_transfer(other.store, other.clock, number, clerk).number == number
    arrive(other.store, other.clock, clerk)
    assert (other.sync().conflicts, desk.sync().conflicts) == (0, 0)
    [ticket] = [each for each in desk.server.snapshot(HALL).tables["ticket"] if each["number"] == number]
    assert (ticket["state"], ticket["window"], ticket["first_clerk"]) == ("serving", "A02", clerk.number)
    theirs = desk.server.digest(HALL)
    for each in (desk, other):
        for name in ("ticket", "contact"):
            assert each.replica.digest(theirs.since, theirs.kept_from)[1][name] == (
                theirs.tables[name].count,
                theirs.tables[name].hash,
            )
    assert manager.state(HALL).contacts == [], "to take the ticket was to take it over"
    manager.close()
    other.close()


def test_a_hint_brings_a_new_ticket_to_the_window(hall: Hall, desk: Desk) -> None:
    desk.sync()
    known, hinted = threading.Event(), threading.Event()

    def changed() -> None:
        with desk.store.read() as view:
            if view.waiting(["A"], 10):
                known.set()

    worker = SyncWorker(desk.session, desk.server, desk.server.reconnect, lambda _: None, changed)
    hints = HintListener(hall.url, desk.token, HALL, Listening(worker, hinted))
    worker.start()
    hints.start()
    assert hinted.wait(10)
    hall.issue("A")
    assert known.wait(10)
    worker.stop()
    hints.stop()


def test_the_citizen_has_a_number_at_the_next_window(hall: Hall, desk: Desk, citizen: Person) -> None:
    desk.sync()
    clerk, templates = desk.sign_in(hall), load_templates()
    open_day(desk.store, desk.clock, clerk)
    hall.issue("A")
    visit = call_next(desk.store, desk.clock, desk.authority, clerk)
    assert visit is not None
    arrive(desk.store, desk.clock, clerk)
    card = desk.card(citizen, visit.number, "ITM-01").fill("capital", "5").finish_form()
    complete_case(desk.store, desk.clock, templates, card, clerk)
    referred = refer_on(desk.store, desk.clock, templates, desk.authority, clerk)
    assert referred.window.startswith("B0")
    assert referred.taken is not None
    assert (referred.taken.number, referred.taken.ahead) == ("D001", 0)
    finish_visit(desk.store, desk.clock, clerk)
    status = desk.sync()
    assert (status.link, status.pending, status.conflicts) == (Link.SYNCED, 0, 0)
    states = {each["number"]: each["state"] for each in desk.server.snapshot(HALL).tables["ticket"]}
    assert states == {visit.number: "done", "D001": "waiting"}


def test_a_manager_beside_the_clerk_allows_a_line_with_and_without_the_network(
    hall: Hall, desk: Desk, citizen: Person
) -> None:
    desk.sync()
    clerk, templates = desk.sign_in(hall), load_templates()
    open_day(desk.store, desk.clock, clerk)
    visit = walk_in(desk.store, desk.clock, clerk)
    short = desk.card(citizen, visit.number).toggle_missing(3)
    told = notice_case(desk.store, desk.clock, templates, short, clerk).case
    finish_visit(desk.store, desk.clock, clerk)
    back = present_paper(desk.store, desk.clock, told.case_no, clerk)
    card = restore_draft(desk.store, back.visit_id)
    assert card is not None
    manager = desk.sign_in(hall, "0901")
    allow_adding(desk.store, desk.clock, card, "M1", AddingReason.OVERLOOKED, manager=manager, by=clerk)
    hall.stop()
    again = desk.sign_in(hall, "0901")
    allow_adding(desk.store, desk.clock, card, "M4", AddingReason.LAW_CHANGED, manager=again, by=clerk)
    hall.start()
    status = desk.sync()
    assert (status.link, status.pending, status.conflicts) == (Link.SYNCED, 0, 0)
