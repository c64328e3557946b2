"""What a counter's own store did about notices, pushed as it was signed: the server's rows equal the counter's."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.clerk import Clerk
from app.domain.operation import to_wire
from app.ports.store import Counter
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.finish_visit import finish_visit
from app.usecases.issue_notice import issue_notice
from app.usecases.notice_case import notice_case
from app.usecases.open_day import open_day
from app.usecases.present_paper import present_paper
from app.usecases.save_draft import restore_draft
from app.usecases.walk_in import walk_in
from sync.protocol.messages import Push
from sync.server.service.tokens import token_hash
from sync.server.storage import ratings

HALL = "9901"


@pytest.fixture
def desk(hall: Any, kit: Any) -> Any:
    """A counter's real store, registered with the server in memory; ``push`` sends everything it recorded."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    remote = hall.counter("A01", incarnation=kit.replica.incarnation(), key=key)
    kit.replica.register(Counter(remote.device, remote.incarnation, remote.number, HALL, HALL, "A01"), "server-1")

    def push() -> list[tuple[str, str | None]]:
        operations = kit.operations()
        message = Push(remote.device, remote.incarnation, operations[0].seq, [to_wire(each) for each in operations])
        result = remote.server.push(message)
        kit.replica.acknowledge(result.acked_seq, {})
        return [(each.status, each.reason) for each in result.results]

    return kit, remote, push


def row(remote: Any, case: Any) -> Any:
    (found,) = remote.server.snapshot(HALL).tables["case"]
    return {name: (found[name], getattr(case, name)) for name in found}


def test_the_servers_rows_follow_the_counters_through_notice_return_and_acceptance(
    desk: Any, clerk: Clerk, ready_card: Any
) -> None:
    kit, remote, push = desk
    templates = load_templates()
    open_day(kit.store, kit.clock, clerk)
    walk_in(kit.store, kit.clock, clerk)
    told = notice_case(kit.store, kit.clock, templates, ready_card("ITM-02").toggle_missing(3), clerk).case
    finish_visit(kit.store, kit.clock, clerk)
    assert {status for status, _ in push()} == {"applied"}
    assert all(theirs == ours for theirs, ours in row(remote, told).values())

    visit = present_paper(kit.store, kit.clock, told.case_no, clerk)
    card = restore_draft(kit.store, visit.visit_id)
    assert card is not None
    case = accept_case(kit.store, kit.clock, templates, card.mark_rest_ok(), clerk).case
    finish_visit(kit.store, kit.clock, clerk)
    assert {status for status, _ in push()} == {"applied"}
    assert all(theirs == ours for theirs, ours in row(remote, case).values())


def test_a_notice_without_a_case_is_no_case_but_may_be_rated(
    hall: Any, desk: Any, clerk: Clerk, ready_card: Any
) -> None:
    kit, remote, push = desk
    open_day(kit.store, kit.clock, clerk)
    walk_in(kit.store, kit.clock, clerk)
    asked = ready_card("ITM-02").open_section(1)
    asked = type(asked)(None, "A012", "A", asked.catalogue_version, asked.candidates).choose_item("ITM-02")
    issue_notice(kit.store, kit.clock, load_templates(), asked.accept_answers(), clerk)
    token = kit.operations()[-1].payload["rating_token"]
    finish_visit(kit.store, kit.clock, clerk)
    assert {status for status, _ in push()} == {"applied"}
    assert remote.server.snapshot(HALL).tables["case"] == []
    found = hall.storage.read(lambda connection: ratings.by_token(connection, token_hash(token)))
    assert found is not None
    assert found.grade is None


def test_a_case_begins_with_its_receipt_and_is_supplemented_only_after_a_notice(hall: Any) -> None:
    counter = hall.counter("A01")
    received = counter.case_payload(state="received", promised_due=None, statutory_due=None, doc_no=None)
    assert statuses(counter, "case.received", received) == [("applied", None)]
    again = {**received, "rev": 2}
    assert statuses(counter, "case.supplemented", again, base_rev=1) == [("conflict", "illegal_transition")]
    noticed = {**received, "state": "supplement_noticed", "rev": 2}
    assert statuses(counter, "case.noticed", noticed, base_rev=1) == [("applied", None)]
    assert statuses(counter, "case.supplemented", {**received, "rev": 3}, base_rev=2) == [("applied", None)]


def test_a_notice_under_another_counters_number_is_rejected(hall: Any) -> None:
    counter = hall.counter("A01")
    payload = {
        "number": "GZ20261123-0009-0001",
        "window": "A01",
        "counter": counter.number,
        "item_id": "ITM-02",
        "catalogue_version": 1,
        "answers": {},
        "department": "D-SJ",
        "rating_token": "r" * 32,
    }
    operation = counter.operation("notice.issued", "notice", payload["number"], payload)
    assert [(each.status, each.reason) for each in counter.push(operation).results] == [
        ("rejected", "malformed_payload")
    ]


def statuses(counter: Any, kind: str, payload: Any, **changes: Any) -> Any:
    operation = counter.operation(kind, "case", payload["case_id"], payload, **changes)
    return [(each.status, each.reason) for each in counter.push(operation).results]
