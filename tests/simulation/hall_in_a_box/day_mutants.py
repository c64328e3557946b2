"""Mistakes about reserved numbers and about what was told once, in the production code; the small hall sees them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch
from weakref import WeakKeyDictionary

from sqlalchemy import select, update

from app.domain.reserved_block import released
from app.domain.ticket import HORIZON_MS, Ticket, TicketState
from app.storage.block_view import BlockView
from app.storage.replica import CounterReplica
from app.storage.tables import COUNTER_STATE
from app.usecases import call_reserved
from hall_in_a_box.mutants import Kill
from hall_in_a_box.schedules import Day
from hall_in_a_box.timeline import SECOND
from sync.server.service import block_ops, central, fence_window
from sync.server.service.mirror import ticket_change
from sync.server.storage import call_tickets, feed, tickets
from sync.server.storage.call_tickets import Found, Wanted
from sync.server.storage.engine import Storage, Transaction

DayMutant = Callable[[], AbstractContextManager[None]]
LEASE_MS = 20 * SECOND


@contextmanager
def fence_without_looking() -> Iterator[None]:
    """The manager's fence sends back everything, whatever the window has called of it."""
    honest = fence_window._ended

    def ended(ticket: Ticket, window: str, _called: tuple[str, ...], now_ms: int) -> Ticket:
        return honest(ticket, window, (), now_ms)

    with patch.object(fence_window, "_ended", ended):
        yield


@contextmanager
def epoch_equal() -> Iterator[None]:
    """A word about a reservation is of before the fence only where the fence stands at this very reservation."""
    with patch.object(block_ops, "fenced", lambda stored, received: stored == received):
        yield


@contextmanager
def released_twice() -> Iterator[None]:
    """A number that is given back leaves the block whatever reservation it stands in by now."""
    with patch.object(block_ops, "fenced", lambda _stored, _received: False):
        yield


@contextmanager
def reservation_expires() -> Iterator[None]:
    """A reserved number nobody called in time waits for everybody again."""
    honest = call_tickets.find

    def find(connection: Transaction, wanted: Wanted) -> Found:
        for each in tickets.in_states(connection, wanted.hall, [TicketState.RESERVED], wanted.since_ms):
            if wanted.since_ms + HORIZON_MS - each.issued_ms > LEASE_MS:
                back = released(each)
                tickets.move(connection, each, back)
                feed.append(connection, wanted.hall, [ticket_change(back)])
        return honest(connection, wanted)

    with patch.object(call_tickets, "find", find):
        yield


@contextmanager
def calls_what_it_gave_back() -> Iterator[None]:
    """A window that is cut off calls out of its block what it has given back already."""
    with patch.object(BlockView, "given_back", lambda _view, _ticket: False):
        yield


@contextmanager
def called_and_never_told() -> Iterator[None]:
    """A call out of the block is recorded at the window, without the operation that tells of it."""
    honest = call_reserved.record_call

    def record_call(work: Any, *called: Any, **named: Any) -> Any:
        with patch.object(type(work), "append", lambda _work, _draft: None):
            return honest(work, *called, **named)

    with patch.object(call_reserved, "record_call", record_call):
        yield


@contextmanager
def acknowledged_before_the_commit() -> Iterator[None]:
    """The server answers a push first, and commits it together with whatever it is asked next."""
    honest_push, honest_write = central.push, Storage.write
    owed: WeakKeyDictionary[Storage, list[Callable[[Transaction], object]]] = WeakKeyDictionary()
    answering: list[bool] = []

    class Answered(Exception):  # noqa: N818 - it carries the answer out of a transaction that is taken back
        pass

    def write(storage: Storage, work: Callable[[Transaction], Any]) -> Any:
        for each in owed.pop(storage, []):
            honest_write(storage, each)
        if not answering:
            return honest_write(storage, work)

        def only_answered(connection: Transaction) -> None:
            raise Answered(work(connection))

        try:
            honest_write(storage, only_answered)
        except Answered as done:
            owed[storage] = [work]
            return done.args[0]

    def push(*asked: Any) -> Any:
        answering.append(True)
        try:
            return honest_push(*asked)
        finally:
            answering.pop()

    with patch.object(central, "push", push), patch.object(Storage, "write", write):
        yield


@contextmanager
def snapshot_drops_the_outbox() -> Iterator[None]:
    """Who takes everything anew believes that nothing is left to tell."""
    honest = CounterReplica.replace

    def replace(replica: CounterReplica, rows: dict[str, list[dict[str, Any]]], cursor: int) -> None:
        honest(replica, rows, cursor)
        with replica._database.write() as connection:
            last = connection.execute(select(COUNTER_STATE.c.last_seq)).scalar_one()
            connection.execute(update(COUNTER_STATE).values(acked_seq=last))

    with patch.object(CounterReplica, "replace", replace):
        yield


DAY_MUTANTS: dict[str, DayMutant] = {
    "fencing without looking": fence_without_looking,
    "an epoch compared with ==": epoch_equal,
    "a release without regard to the fence": released_twice,
    "a reservation that ends by time": reservation_expires,
    "a window calls what it gave back": calls_what_it_gave_back,
    "called out of the block and never told": called_and_never_told,
    "acknowledged before the commit": acknowledged_before_the_commit,
    "a snapshot drops the outbox": snapshot_drops_the_outbox,
}


def days_to_kill(mutant: DayMutant, most: int, make: Callable[[int], Day] = Day) -> Kill | None:
    """Return how the mutant was caught, or None when it outlived ``most`` days.

    Raises:
        AssertionError: a program died of it: that is a mutant which does not fit the code, and nothing was caught.
    """
    for seed in range(1, most + 1):
        with mutant():
            day = make(seed).live()
        assert not day.died, day.report()
        if day.violation is not None:
            return Kill(seed, day.violation)
    return None
