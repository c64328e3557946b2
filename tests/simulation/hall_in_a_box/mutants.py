"""Mistakes made in the production code itself, the classic ones of sync.md section 2 first; they have to be seen."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from unittest.mock import patch

from sqlalchemy import insert

from app.domain import transfer
from app.domain.ticket import HORIZON_MS, TicketState
from app.domain.transfer import OFFERED
from app.storage import replica
from hall_in_a_box import world
from hall_in_a_box.misfortune import Weather
from hall_in_a_box.timeline import SECOND
from hall_in_a_box.world import World
from sync.server.service import restored, take_pushes
from sync.server.service.mirror import ticket_change
from sync.server.service.take_pushes import Sent
from sync.server.storage import call_tickets, feed, operations, tables, tickets
from sync.server.storage.call_tickets import Found, Wanted
from sync.server.storage.devices import Chain
from sync.server.storage.engine import Transaction

Mutant = Callable[[], AbstractContextManager[None]]

LEASE_MS = 60 * SECOND
OFTEN_RESTORED = partial(Weather, backup=0.2, lost_disk=0.2, other_disk=0.0)
"""The server loses its disk every few minutes: in other weather that takes seeds, and shows nothing else."""


@contextmanager
def reassign_on_timeout() -> Iterator[None]:
    """A called ticket that is not in service in time is called again, under a higher revision as its fencing token."""
    honest = call_tickets.find

    def find(connection: Transaction, wanted: Wanted) -> Found:
        hall, now_ms = wanted.hall, wanted.since_ms + HORIZON_MS
        for each in tickets.in_states(connection, hall, [TicketState.CALLED], wanted.since_ms):
            if now_ms - (each.called_ms or now_ms) > LEASE_MS:
                back = replace(each, state=TicketState.WAITING, rev=each.rev + 1, window=None, called_ms=None)
                tickets.move(connection, each, back)
                feed.append(connection, hall, [ticket_change(back)])
        return honest(connection, wanted)

    with patch.object(call_tickets, "find", find):
        yield


@contextmanager
def no_deduplication() -> Iterator[None]:
    """What was pushed before is applied again; the chain and the primary key, which would notice, look away."""
    honest = take_pushes._share

    def share(connection: Transaction, sent: Sent, chain: Chain | None) -> Any:
        before = sent.received[0].operation.seq - 1
        if chain is not None and before < chain.last_seq:
            chain = replace(chain, last_seq=before)
        return honest(connection, sent, chain)

    with ExitStack() as changes:
        changes.enter_context(patch.object(take_pushes, "_share", share))
        changes.enter_context(patch.object(take_pushes, "chained", lambda _received, _last_hash: True))
        changes.enter_context(
            patch.object(operations._ROWS, "_insert", insert(tables.operation).prefix_with("OR REPLACE"))
        )
        yield


@contextmanager
def page_without_cursor_check() -> Iterator[None]:
    """A page is applied wherever the cursor stands."""

    def continues(_held: int, _after: int, _events: Sequence[Any], _cursor: int) -> bool:
        return True

    with patch.object(replica, "_continues", continues):
        yield


@contextmanager
def transferred_to_anybody() -> Iterator[None]:
    """A ticket that was handed to one window stands in the line of every window."""

    honest = call_tickets.find

    def find(connection: Transaction, wanted: Wanted) -> Found:
        everybodys = tickets.in_states(connection, wanted.hall, OFFERED, wanted.since_ms)
        return replace(honest(connection, wanted), offered=everybodys)

    with (
        patch.object(call_tickets, "find", find),
        patch.object(call_tickets, "offered_to", lambda all_, _: all_.offered),
    ):
        yield


@contextmanager
def no_time_to_answer() -> Iterator[None]:
    """A ticket that was handed to a window stands in its line at once, before the window could say no."""
    with patch.object(transfer, "ANSWER_WITHIN_MS", 0):
        yield


@contextmanager
def restored_without_a_gap() -> Iterator[None]:
    """A restored server goes on behind the last number it knows; what it gave out after the backup it forgot."""
    with (
        patch.object(world, "Weather", OFTEN_RESTORED),
        patch.object(restored, "_skip_numbers", lambda *_: None),
    ):
        yield


@contextmanager
def restored_with_its_old_feed() -> Iterator[None]:
    """A restored server goes on with the feed of the backup, where windows stand further on already."""
    with (
        patch.object(world, "Weather", OFTEN_RESTORED),
        patch.object(restored.restored, "new_feed", lambda *_, **__: None),
    ):
        yield


MUTANTS: dict[str, Mutant] = {
    "reassign on timeout with a fencing token": reassign_on_timeout,
    "no (device, seq) de-duplication": no_deduplication,
    "a pull page applied without checking the cursor": page_without_cursor_check,
    "a transferred ticket called by any window": transferred_to_anybody,
    "a transferred ticket called before its minute is over": no_time_to_answer,
    "a restored server that leaves out no numbers": restored_without_a_gap,
    "a restored server that goes on with its old feed": restored_with_its_old_feed,
}


@dataclass(frozen=True)
class Kill:
    """After how many seeds, and by which broken promise."""

    seeds: int
    violation: str


def seeds_to_kill(mutant: Mutant, events: int, most: int) -> Kill | None:
    """Return how the mutant was caught, or None when it outlived ``most`` seeds.

    Raises:
        AssertionError: a program died of it: that is a mutant which does not fit the code, and nothing was caught.
    """
    for seed in range(1, most + 1):
        with mutant():
            outcome = World(seed).run(events)
        assert not outcome.died, outcome.violation
        if outcome.violation is not None:
            return Kill(seed, outcome.violation)
    return None
