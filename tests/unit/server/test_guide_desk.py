"""The guide desk at the server: what it sees, who may, and the book of who did what."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.rights import RIGHTS, Act, Role
from sync.protocol.floor_messages import GivePriority
from sync.protocol.interface import Refused
from sync.protocol.messages import IssueTicket
from sync.server.service import provision
from sync.server.service.floor_state import floor_state
from sync.server.service.guide_state import guide_state
from sync.server.service.order_window import open_window
from sync.server.service.put_first import put_first
from sync.server.service.revive_ticket import revive_ticket
from sync.server.service.tokens import token_hash
from sync.server.storage import clerks, floor
from sync.server.storage.clerks import Profile

HALL = "9901"


@pytest.fixture
def guide(hall: Any) -> Any:
    """Who signed in at the guide desk's computer, with the context that every service wants first."""
    return signed_in(hall, "guide", Role.GUIDE, Profile("0801", "韩某", "D-ZX", ("guide",), (), ()))


def signed_in(hall: Any, device: str, role: Role, profile: Profile) -> Any:
    provision.add_device(hall.storage, HALL, device, role, token=f"token-{device}")
    provision.add_clerk(hall.storage, profile, HALL, password=None)
    session = {"number": profile.clerk, "device": device, "expires_ms": hall.clock.now + 24 * 3_600_000}
    token = f"session-{profile.clerk}"
    hall.storage.write(lambda connection: clerks.add_session(connection, HALL, token_hash(token), **session))
    return hall.service.context, hall.service.authenticate(token)


def give(hall: Any, who: Any, key: str, priority: str | None = None) -> str:
    hall.clock.now += 1000
    request = IssueTicket(business="A", priority=priority)
    number: str = hall.service.as_caller(who[1]).issue_ticket(HALL, request, key).number
    return number


def book(hall: Any) -> list[tuple[str, str, Any]]:
    rows = hall.storage.read(lambda connection: floor.acts_since(connection, HALL, 0))
    return [(each.clerk, each.act, each.detail) for each in reversed(rows)]


def refused(attempt: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as no:
        attempt()
    return no.value.code


def test_the_lines_the_missed_and_the_given_are_seen(hall: Any, guide: Any) -> None:
    hall.server("A01").issue_ticket(HALL, IssueTicket(business="B"), "b")
    missed = hall.issue()
    mine = give(hall, guide, "g", "elderly")
    hall.call("A01")
    hall.clock.now += 60_000
    hall.call("A01")
    state = guide_state(*guide, HALL)
    assert [(each.code, each.waiting) for each in state.queues] == [("A", 0), ("B", 1)]
    assert [(each.number, each.until_ms - each.missed_ms) for each in state.missed] == [(mine, 3_600_000)]
    assert [(each.number, each.by) for each in state.given] == [(mine, "0801"), (missed, None), ("B001", None)]
    assert state.given[0].state == "missed"
    hall.clock.now += 3_600_001
    assert guide_state(*guide, HALL).missed == [], "after an hour it takes a new number"


def test_every_act_stands_in_the_book_once_and_with_who_did_it(hall: Any, guide: Any) -> None:
    first = give(hall, guide, "g")
    assert give(hall, guide, "g") == first, "the same key is the same number"
    second = hall.issue()
    done = put_first(*guide, HALL, second, GivePriority(priority="elderly"), key="p", act=Act.GIVE_PRIORITY)
    assert put_first(*guide, HALL, second, GivePriority(priority="elderly"), key="p", act=Act.GIVE_PRIORITY) == done
    hall.call("A01")
    hall.call("A01")
    revive_ticket(*guide, HALL, second, "r")
    assert book(hall) == [
        ("0801", "issue_ticket", {"number": first, "business": "A", "priority": None}),
        ("0801", "give_priority", {"number": second, "priority": "elderly"}),
        ("0801", "revive_ticket", {"number": second}),
    ]
    manager = (guide[0], hall.service.authenticate("token-manager"))
    assert floor_state(*manager, HALL).acts == [], "daily work is not what the manager saw to"


def test_a_guide_and_a_clerk_cannot_do_the_others_acts(hall: Any, guide: Any) -> None:
    profile = Profile("0302", "李某", "D-SJ", ("clerk",), ("A01",), ())
    clerk = signed_in(hall, "desk", Role.GUIDE, profile)
    number = hall.issue()
    first = GivePriority(priority="elderly")
    assert refused(lambda: guide_state(*clerk, HALL)) == "forbidden"
    assert refused(lambda: give(hall, clerk, "c")) == "forbidden"
    assert refused(lambda: revive_ticket(*clerk, HALL, number, "c")) == "forbidden"
    assert refused(lambda: put_first(*clerk, HALL, number, first, key="c", act=Act.GIVE_PRIORITY)) == "forbidden"

    assert refused(lambda: floor_state(*guide, HALL)) == "forbidden"
    assert refused(lambda: open_window(*guide, HALL, "A01", "g", on=False)) == "forbidden"
    assert refused(lambda: put_first(*guide, HALL, number, first, key="g")) == "forbidden", "the manager's own way"
    assert refused(lambda: hall.service.as_caller(guide[1]).call_next(HALL, "A01", "g")) == "forbidden"
    assert refused(lambda: guide_state(*guide, "9902")) == "unknown_hall"
    assert book(hall) == []


def test_a_guide_has_these_rights_and_no_others() -> None:
    theirs = {act for act, roles in RIGHTS.items() if Role.GUIDE in roles}
    numbers = {Act.ISSUE_TICKET, Act.GIVE_PRIORITY, Act.REVIVE_TICKET}
    assert theirs == numbers | {Act.SEE_GUIDE_DESK, Act.SEE_HALL, Act.OPEN_SESSION}
    assert RIGHTS[Act.SEE_GUIDE_DESK] == {Role.GUIDE}
    assert not {act for act, roles in RIGHTS.items() if Role.CLERK in roles} & (numbers | {Act.SEE_GUIDE_DESK})
