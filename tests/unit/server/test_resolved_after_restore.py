"""What a clerk made of a parked operation holds in the server's next life too, whatever the restore lost of it."""

from typing import Any

import pytest

from app.domain.supervision import CardRule, ClosedAs
from sync.server.service.restored import renew
from sync.server.storage import cards
from sync.server.storage.waiting_operations import of_status

HALL = "9901"


def restore(hall: Any) -> None:
    hall.service.context.told.clear()
    hall.storage.write(lambda connection: renew(hall.service.context, connection, hall.clock.now_ms() - 3_600_000))


def pull(counter: Any) -> Any:
    return counter.server.pull(HALL, counter.server.snapshot(HALL).cursor, 100)


@pytest.mark.parametrize("at_once", [False, True])
def test_what_was_resolved_before_the_restore_waits_for_its_operation(hall: Any, at_once: bool) -> None:  # noqa: FBT001
    first, second = hall.counter("A01"), hall.counter("A02", incarnation="store-2")
    hall.issue()
    ticket = hall.call("A02")
    restore(hall)
    told = first.ticket_op("ticket.served", ticket)
    payload = {"op": told.op_id, "seq": told.seq, "how": "take", "reason": ""}
    resolved = first.operation("conflict.resolved", "conflict", told.op_id, payload)
    pushes = [(told, resolved)] if at_once else [(told,), (resolved,)]
    results = [each for push in pushes for each in first.push(*push).results]
    assert [each.status for each in results] == ["postponed", "postponed"]
    pull(first)
    pull(second)
    assert hall.storage.read(lambda connection: of_status(connection, HALL, "postponed")) == []
    assert [each.status for each in first.push(told, resolved).results] == ["conflict", "duplicate"]
    [card] = hall.storage.read(lambda connection: cards.standing(connection, HALL, 0))
    assert (card.rule, card.closed_as) == (CardRule.PARKED, ClosedAs.HANDLED)
