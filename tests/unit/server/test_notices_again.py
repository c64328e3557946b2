"""Who came back with a notice, pushed as the counter signed it: refused, taken back, and a line the manager allowed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.clerk import Clerk
from app.domain.operation import to_wire
from app.domain.rights import Role
from app.domain.work.adding import allow
from app.domain.work.card import WorkCard
from app.domain.work.draft import from_json, to_json
from app.domain.work.ending import choose_way, open_menu
from app.domain.work.refusing import RefusalField, choose_ground, open_refusal, write
from app.domain.work.supplement import AddingReason
from app.ports.store import Counter
from app.storage.slip_files import load_templates
from app.usecases.allow_adding import allow_adding
from app.usecases.finish_visit import finish_visit
from app.usecases.notice_case import notice_case
from app.usecases.open_day import open_day
from app.usecases.present_paper import present_paper
from app.usecases.refuse_case import refuse_case
from app.usecases.save_draft import restore_draft
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_case import withdraw_case
from sync.protocol.messages import Push
from sync.server.service import provision
from sync.server.storage.clerks import Profile

HALL = "9901"
TEMPLATES = load_templates()


@pytest.fixture
def desk(hall: Any, kit: Any) -> Any:
    """A counter's real store, registered with the server in memory."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    remote = hall.counter("A01", incarnation=kit.replica.incarnation(), key=key)
    kit.replica.register(Counter(remote.device, remote.incarnation, remote.number, HALL, HALL, "A01"), "server-1")
    manager = Profile("0901", "杨某", "D-ZX", ("floor_manager",), (), ())
    provision.add_clerk(hall.storage, manager, HALL, password=None)
    return remote


@pytest.fixture
def back(desk: Any, kit: Any, clerk: Clerk, ready_card: Any) -> Callable[[], WorkCard]:
    """Tell a citizen what is missing; return the page when they are back."""
    open_day(kit.store, kit.clock, clerk)

    def come() -> WorkCard:
        walk_in(kit.store, kit.clock, clerk)
        told = notice_case(kit.store, kit.clock, TEMPLATES, ready_card("ITM-02").toggle_missing(3), clerk).case
        finish_visit(kit.store, kit.clock, clerk)
        visit = present_paper(kit.store, kit.clock, told.case_no, clerk)
        card = restore_draft(kit.store, visit.visit_id)
        assert card is not None
        return card

    return come


def pushed(desk: Any, kit: Any) -> list[tuple[str, str | None]]:
    operations = kit.operations()
    message = Push(desk.device, desk.incarnation, operations[0].seq, [to_wire(each) for each in operations])
    return [(each.status, each.reason) for each in desk.server.push(message).results]


def state_of(desk: Any) -> tuple[str, int]:
    (row,) = desk.server.snapshot(HALL).tables["case"]
    return row["state"], row["rev"]


def test_a_refusal_follows_a_notice(desk: Any, kit: Any, clerk: Clerk, back: Any) -> None:
    card = write(choose_ground(open_refusal(back()), 1), RefusalField.REASON, "只卖预包装食品")
    refuse_case(kit.store, kit.clock, TEMPLATES, card, clerk)
    assert {status for status, _ in pushed(desk, kit)} == {"applied"}
    assert state_of(desk) == ("refused", 2)


def test_a_withdrawal_follows_a_notice(desk: Any, kit: Any, clerk: Clerk, back: Any) -> None:
    withdraw_case(kit.store, kit.clock, TEMPLATES, choose_way(open_menu(back()), 5), clerk)
    assert {status for status, _ in pushed(desk, kit)} == {"applied"}
    assert state_of(desk) == ("withdrawn", 2)


def extended(kit: Any, clerk: Clerk, card: WorkCard, number: str = "0901") -> WorkCard:
    manager = replace(clerk, number=number, roles=frozenset({Role.FLOOR_MANAGER}))
    added = allow_adding(kit.store, kit.clock, card, "M4", AddingReason.OVERLOOKED, manager=manager, by=clerk)
    return allow(card, added)


def test_a_line_the_manager_allowed_stands_in_the_case_with_its_reason(
    desk: Any, kit: Any, clerk: Clerk, back: Any
) -> None:
    card = extended(kit, clerk, back()).toggle_missing(4).mark_rest_ok()
    with kit.store.read() as view:
        assert from_json(to_json(card), view.catalogue()).supplement == card.supplement  # a power cut keeps the consent
    case = notice_case(kit.store, kit.clock, TEMPLATES, card, clerk).case
    assert case.notice is not None
    assert [each["material"] for each in case.notice["lines"]] == ["M3", "M4"]
    assert [each["reason"] for each in case.notice["added"]] == ["overlooked"]
    assert {status for status, _ in pushed(desk, kit)} == {"applied"}
    assert state_of(desk) == ("supplement_noticed", 2)


def test_who_is_no_manager_at_the_server_allows_nothing(desk: Any, kit: Any, clerk: Clerk, back: Any) -> None:
    extended(kit, clerk, back(), number="0301")
    assert pushed(desk, kit)[-1] == ("rejected", "forbidden_actor")


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        ({}, ("applied", None)),
        ({"case_no": "9901-0001-20261123-0009-1"}, ("rejected", "malformed_payload")),
        ({"reason": "because"}, ("rejected", "malformed_payload")),
        ({"material": ""}, ("rejected", "malformed_payload")),
        ({"manager": "0301"}, ("rejected", "forbidden_actor")),
        ({"manager": "0999"}, ("rejected", "forbidden_actor")),
    ],
)
def test_a_line_of_no_case_reason_or_manager_is_refused(
    desk: Any, wrong: dict[str, str], answer: tuple[str, str | None]
) -> None:
    case = desk.case_payload(state="received", promised_due=None, statutory_due=None, doc_no=None)
    said = {"case_no": case["case_no"], "material": "M4", "reason": "overlooked", "manager": "0901", "at_ms": 1}
    received = desk.operation("case.received", "case", case["case_id"], case)
    extending = desk.operation("notice.extended", "case", case["case_id"], {**said, **wrong})
    assert [(each.status, each.reason) for each in desk.push(received, extending).results] == [
        ("applied", None),
        answer,
    ]
