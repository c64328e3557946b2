"""A counter that was away for weeks: what became of its own cases it hears, of those of others only what goes on."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.link import Link
from app.ports.store import Counter
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.walk_in import walk_in
from sync.client.exchange import exchange
from sync.client.session import DIGEST_MS, Session
from sync.server.service.mirror import case_change
from sync.server.storage import cases, feed, halls

HALL, DAY_MS = "9901", 86_400_000


def end(connection: Any, case_id: str) -> None:
    """Hand the case out and tell it."""
    held, sealed = cases.whole(connection, HALL, case_id)
    after = replace(held, state=CaseState.DELIVERED, rev=held.rev + 1)
    cases.replace(connection, after, sealed)
    feed.append(connection, HALL, [case_change(after)])


class Away:
    """A counter's real store and session beside the server, and the server's hand on its own tables."""

    def __init__(self, kit: Any, hall: Any) -> None:
        self.kit, self.hall = kit, hall
        key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        remote = hall.counter("A01", incarnation=kit.replica.incarnation(), key=key)
        self.server = remote.server
        registered = Counter(remote.device, remote.incarnation, remote.number, HALL, HALL, "A01")
        kit.replica.register(registered, self.server.snapshot(HALL).server_incarnation)
        self.session = Session(kit.replica, kit.clock, key.public_key().public_bytes_raw().hex())

    def sync(self) -> Any:
        """Talk until there is nothing to say."""
        self.session.hint()
        while exchange(self.session, self.server, lambda: None) is None:
            pass
        return self.session.status()

    def pass_by(self, milliseconds: int) -> None:
        self.kit.clock.advance(milliseconds)
        self.hall.clock.now += milliseconds

    def hand_out(self, *case_ids: str) -> None:
        """Another window hands these out; the feed forgets it soon after."""

        for each in case_ids:
            self.hall.storage.write(partial(end, case_id=each))
        self.hall.storage.write(lambda connection: feed.trim(connection, HALL, halls.get(connection, HALL).head))

    def mirrored(self) -> dict[str, str]:
        with self.kit.database.read() as connection:
            return dict(connection.exec_driver_sql("SELECT case_id, state FROM hall_case").all())


@pytest.fixture
def away(kit: Any, hall: Any) -> Away:
    return Away(kit, hall)


def test_its_own_case_ends_and_nobody_elses_old_one_is_kept(away: Away, clerk: Clerk, ready_card: Any) -> None:
    store, clock = away.kit.store, away.kit.clock
    open_day(store, clock, clerk)
    walk_in(store, clock, clerk)
    own = accept_case(store, clock, load_templates(), ready_card("ITM-02"), clerk).case
    finish_visit(store, clock, clerk)
    other = away.hall.counter("A02")
    ends = other.accepted(case_id="ends")
    other.push(ends, other.accepted(case_id="goes-on", sequence=2, query_code="123457"))
    assert away.sync().link is Link.SYNCED
    assert away.mirrored() == {own.case_id: "accepted", "ends": "accepted", "goes-on": "accepted"}

    away.pass_by(40 * DAY_MS)
    away.hand_out(own.case_id, "ends")
    status = away.sync()
    assert (status.link, status.pending, status.conflicts) == (Link.SYNCED, 0, 0)
    with store.read() as view:
        found = view.case(own.case_id)
    assert (found.state, found.rev) == (CaseState.DELIVERED, own.rev + 1)
    assert away.mirrored() == {own.case_id: "delivered", "goes-on": "accepted"}


def test_an_old_case_that_ends_by_the_feed_leaves_once_both_ends_agree(away: Away) -> None:
    other = away.hall.counter("A02")
    other.push(other.accepted(case_id="ends"))
    away.sync()
    away.pass_by(40 * DAY_MS)
    away.sync()
    assert away.mirrored() == {"ends": "accepted"}
    away.hall.storage.write(partial(end, case_id="ends"))
    away.sync()
    assert away.mirrored() == {"ends": "delivered"}, "what the feed tells is heard in any case"
    before = away.session.changes
    away.pass_by(DIGEST_MS)
    assert away.sync().link is Link.SYNCED
    assert away.mirrored() == {}
    assert away.session.changes == before, "no snapshot was taken"
