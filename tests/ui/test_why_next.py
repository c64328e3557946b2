"""The first row of the queue says why it is next, by the rules the demo hall publishes (docs/queue.md)."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from living_counter import Living, living
from pytestqt.qtbot import QtBot
from screens_kept import Screens

from app.domain.clerk import Clerk
from app.domain.ticket import Ticket, TicketState

MINUTE = 60_000


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any) -> Iterator[Living]:
    """The living window A01; who waits is what the feed tells."""
    with living(qtbot, clock, kit, clerk, authority=queue()) as counter:
        yield counter


def hear(counter: Living, *tickets: Ticket) -> None:
    """The feed tells of these tickets, and the window looks again."""
    replica = counter.kit.replica
    cursor = replica.cursor()
    rows = [{**asdict(each), "state": each.state.value} for each in tickets]
    events = [
        {"seq": cursor + n, "entity": "ticket", "entity_id": each["ticket_id"], "rev": each["rev"], "data": each}
        for n, each in enumerate(rows, start=1)
    ]
    assert replica.apply(cursor, events, cursor + len(events))
    counter.presenter.look()
    numbers = {each.number for each in tickets if each.state is TicketState.WAITING}
    counter.until(lambda: numbers <= {each.number for each in counter.state.line.waiting})


def first_row(counter: Living) -> tuple[str, str]:
    view = counter.window._view
    assert view is not None
    row = view.rail.waiting[0]
    assert row.tag is not None
    return row.ticket, row.tag.text


def test_the_first_row_says_which_of_the_halls_rules_put_it_there(
    counter: Living, ticket: Any, screens: Screens
) -> None:
    now = counter.kit.clock.now_ms()

    def came(number: str, minutes_ago: int, priority: str | None = None) -> Ticket:
        made: Ticket = ticket(number, issued_ms=now - minutes_ago * MINUTE, priority=priority)
        return made

    hear(counter, came("A021", 9), came("A022", 8))
    assert first_row(counter) == ("A021", "先到先办")
    hear(counter, came("A023", 5, "supplement"))
    assert first_row(counter) == ("A023", "补件优先")
    hear(counter, came("A024", 2, "military"))
    assert first_row(counter) == ("A024", "军人军属优先")
    called = [
        ticket(f"A00{n}", TicketState.CALLED, window="A02", called_ms=now - n, priority="elderly") for n in (1, 2, 3)
    ]
    hear(counter, *called, came("A025", 1))
    assert first_row(counter) == ("A021", "轮到普通号")
    hear(counter, came("A020", 31))
    assert first_row(counter) == ("A020", "等了 31 分，先请")
    counter.whole()
    screens.keep(counter.window, "why-next.png")
