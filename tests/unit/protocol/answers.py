"""What a server may answer a counter, and what a test reads in an answer."""

from typing import Any

from sync.protocol.interface import Refused
from sync.protocol.messages import Event, Page, PushResult, Snapshot
from sync.server.storage import cards

HALL = "9901"
NINE = 1_795_395_600_000
"""When the kit's clock begins, UTC milliseconds."""


def snapshot(cursor: int = 1, incarnation: str = "server-1", **tables: Any) -> Snapshot:
    return Snapshot(cursor=cursor, server_incarnation=incarnation, tables=tables)


def page(after: int = 1, events: Any = (), head: int | None = None, incarnation: str = "server-1") -> Page:
    end = after + len(events)
    return Page(
        events=list(events), next=end, head=end if head is None else head, floor=0, server_incarnation=incarnation
    )


def ticket_event(seq: int, ticket: Any, **more: Any) -> Event:
    data = {name: getattr(ticket, name) for name in type(ticket).__dataclass_fields__}
    return Event(seq=seq, entity="ticket", entity_id=ticket.ticket_id, rev=ticket.rev, data={**data, **more})


def acked(seq: int, *results: Any, incarnation: str = "server-1", server_time: int = NINE) -> PushResult:
    return PushResult(acked_seq=seq, results=list(results), server_incarnation=incarnation, server_time=server_time)


def gap(expected: int) -> Refused:
    return Refused("gap", 409, expected_seq=expected)


def statuses(result: Any) -> list[tuple[str, str | None]]:
    return [(each.status, each.reason) for each in result.results]


def day_opened(counter: Any, day: str = "2026-11-23") -> Any:
    return counter.operation("day.opened", "window", counter.window, {"business_date": day})


def cards_of(hall: Any, rule: str) -> list[Any]:
    held = hall.storage.read(lambda connection: cards.standing(connection, HALL, 0))
    return [each for each in held if each.rule == rule]
