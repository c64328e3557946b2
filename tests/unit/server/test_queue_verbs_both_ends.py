"""A window's morning with every key of the queue: what the counter's store holds, the authority holds too."""

from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.link import Link
from app.domain.visit import HoldReason
from app.storage.signer import Ed25519Signer
from app.usecases.acting import ActRefused
from app.usecases.arrive import arrive
from app.usecases.ask_help import ask_help
from app.usecases.call_next import call_next
from app.usecases.hold_visit import hold_visit
from app.usecases.miss_ticket import miss_ticket
from app.usecases.open_day import open_day
from app.usecases.recall_ticket import recall_ticket
from app.usecases.take_back import take_back
from app.usecases.undo_miss import undo_miss
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_call import withdraw_call
from sync.client.authority import HallAuthority
from sync.client.exchange import exchange
from sync.client.session import Session
from sync.server.service.help_ops import list_help
from sync.server.service.mirror import help_change
from sync.server.storage import feed, help_calls

HALL = "9901"


class Window:
    """A counter's real store and session, beside the server in the same process."""

    def __init__(self, kit: Any, hall: Any, clerk: Clerk) -> None:
        self.kit, self.by = kit, clerk
        self.server = hall.server("A01")
        signer = Ed25519Signer(bytes(range(32)))
        self.session = Session(kit.replica, kit.clock, signer.public_key())
        self.authority = HallAuthority(self.server, HALL)
        self.sync()

    def sync(self) -> None:
        """Talk until there is nothing to say."""
        self.session.hint()
        while exchange(self.session, self.server, lambda: None) is None:
            pass

    def do(self, verb: Any, *more: Any) -> Any:
        self.kit.clock.advance(1000)
        return verb(self.kit.store, self.kit.clock, *more, self.by)

    def call(self) -> str:
        self.sync()
        visit = self.do(call_next, self.authority)
        return visit.number if visit else ""

    def tickets(self) -> dict[str, str]:
        self.sync()
        return {each["number"]: each["state"] for each in self.server.snapshot(HALL).tables["ticket"]}

    def agrees(self) -> bool:
        """Say whether nothing waits, nothing was parked, and both ends hold the same."""
        self.sync()
        status = self.session.status()
        theirs = self.server.digest(HALL)
        cursor, tables = self.kit.replica.digest(theirs.since, theirs.kept_from)
        same = tables == {name: (each.count, each.hash) for name, each in theirs.tables.items()}
        return (status.link, status.pending, status.conflicts, cursor) == (Link.SYNCED, 0, 0, theirs.cursor) and same


@pytest.fixture
def window(bare_kit: Any, hall: Any, clerk: Clerk) -> Window:
    window = Window(bare_kit, hall, clerk)
    window.do(open_day)
    for _ in range(3):
        hall.issue()
    return window


def test_every_key_of_the_queue_leaves_both_ends_equal(window: Window) -> None:
    assert window.call() == "A001"
    window.do(recall_ticket)
    window.do(miss_ticket)
    assert window.tickets()["A001"] == "missed"
    window.do(undo_miss)
    assert window.tickets()["A001"] == "called"
    window.do(arrive)
    window.do(hold_visit, HoldReason.PHOTO)
    assert window.call() == "A002"
    assert window.tickets()["A001"] == "held"
    window.do(withdraw_call)
    assert window.tickets()["A002"] == "waiting"
    assert window.call() == "A002"
    window.do(hold_visit, HoldReason.OTHER)
    assert window.do(walk_in).number == "W01-001"
    window.do(hold_visit, HoldReason.ADVICE)
    assert window.do(take_back, None).number == "A001"
    assert window.tickets() == {"A001": "serving", "A002": "held", "A003": "waiting", "W01-001": "held"}
    assert window.agrees()


def test_what_was_done_while_cut_off_arrives_in_order(window: Window) -> None:
    assert window.call() == "A001"
    window.do(miss_ticket)
    window.do(undo_miss)
    window.do(recall_ticket)
    window.do(hold_visit, HoldReason.MATERIALS)
    window.do(walk_in)
    assert window.tickets() == {"A001": "held", "A002": "waiting", "A003": "waiting", "W01-001": "serving"}
    assert window.agrees()


def test_a_call_that_overtakes_the_report_of_a_held_ticket_passes_nobody_over(window: Window) -> None:
    assert window.call() == "A001"
    window.do(hold_visit, HoldReason.PHOTO)
    assert window.do(call_next, window.authority).number == "A002"
    assert window.tickets()["A001"] == "held"
    window.do(miss_ticket)
    assert window.do(take_back, None).number == "A001"
    assert window.agrees()


def test_the_manager_is_free_to_be_called_again_once_the_call_is_answered(window: Window, hall: Any) -> None:
    help_id = window.do(ask_help)
    window.sync()
    assert [each.help_id for each in hall.storage.read(lambda connection: list_help(connection, HALL))] == [help_id]
    with pytest.raises(ActRefused):
        window.do(ask_help)

    def answer(connection: Any) -> None:
        call = help_calls.answer(connection, HALL, help_id, "manager", hall.clock.now_ms())
        feed.append(connection, HALL, [help_change(call)])

    hall.storage.write(answer)
    window.sync()
    assert window.do(ask_help) != help_id
    assert window.agrees()
