"""Refusals, withdrawals, hand-outs, corrections and voidings as the server takes them: the same table, no loophole."""

from typing import Any

import pytest

from sync.server.service.floor_state import floor_state
from sync.server.storage import cases

HALL = "9901"
REFUSAL = {
    "kind": "not_needed",
    "clause": "一",
    "own_basis": "",
    "decision": "不受理",
    "fact": "只卖预包装食品。",
    "guide": "到本窗口办理备案。",
}
EXTRA: dict[str, dict[str, Any]] = {
    "case.refused": {"refusal": REFUSAL},
    "case.withdrawn": {"withdrawal": {"no": "TJ20261123-0001-0001", "reason": "later", "told": "申请人自愿撤回申请。"}},
    "case.delivered": {"handed_to": {"on": "2026-11-23", "at_ms": 1, "name": "张三", "number": "990101199001010018"}},
    "case.corrected": {"correction": {"reason": "typing", "slip": "SL-05", "nth": 1}},
    "case.voided": {"voiding": {"reason": "twice"}},
}


def said(counter: Any, kind: str, state: str, base_rev: int | None = 1, **changes: Any) -> Any:
    payload = {**counter.case_payload(state=state), "doc_no": "示食许不受〔2026〕0001-0001号", **EXTRA[kind], **changes}
    return counter.operation(kind, "case", payload["case_id"], payload, base_rev=base_rev)


def reasons(result: Any) -> list[str | None]:
    return [each.reason for each in result.results]


def state_of(hall: Any) -> list[tuple[str, int]]:
    held = hall.storage.read(lambda connection: list(cases.standing(connection, HALL, "")))
    return [(each["state"], each["rev"]) for each in held]


def test_a_refusal_is_a_case_of_its_own(hall: Any) -> None:
    counter = hall.counter("A01")
    assert reasons(counter.push(said(counter, "case.refused", "refused", None))) == [None]
    assert state_of(hall) == [("refused", 1)]
    manager = hall.service.authenticate("token-manager")
    figures = floor_state(hall.service.context, manager, HALL).figures
    assert (figures.refused, figures.accepted, figures.noticed) == (1, 0, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "incomplete"},
        {"kind": "because"},
        {"clause": ""},
        {"fact": " "},
        {"guide": ""},
        {"fact": "长" * 1001},
    ],
)
def test_a_refusal_without_ground_facts_and_way_on_is_none(hall: Any, change: dict[str, str]) -> None:
    counter = hall.counter("A01")
    operation = said(counter, "case.refused", "refused", None, refusal={**REFUSAL, **change})
    assert reasons(counter.push(operation)) == ["malformed_payload"]


@pytest.mark.parametrize(
    ("kind", "state"), [("case.withdrawn", "withdrawn"), ("case.corrected", "accepted"), ("case.voided", "voided")]
)
def test_what_happens_to_an_accepted_case_is_its_next_revision(hall: Any, kind: str, state: str) -> None:
    counter = hall.counter("A01")
    assert reasons(counter.push(counter.accepted(), said(counter, kind, state, rev=2))) == [None, None]
    assert state_of(hall) == [(state, 2)]


@pytest.mark.parametrize(
    ("kind", "state", "base_rev", "changes", "reason"),
    [
        ("case.delivered", "delivered", 1, {}, "illegal_transition"),
        ("case.withdrawn", "accepted", 1, {}, "illegal_transition"),
        ("case.voided", "voided", None, {}, "stale_rev"),
        ("case.corrected", "accepted", 1, {"window": "A02"}, "malformed_payload"),
        (
            "case.corrected",
            "accepted",
            1,
            {"correction": {"reason": "mood", "slip": "SL-05", "nth": 1}},
            "malformed_payload",
        ),
        ("case.voided", "voided", 1, {"voiding": {}}, "malformed_payload"),
        ("case.withdrawn", "withdrawn", 1, {"withdrawal": None}, "malformed_payload"),
        ("case.voided", "voided", 1, {"item_id": "ITM-09"}, "forbidden_actor"),
    ],
)
def test_the_servers_table_is_the_counters(
    hall: Any, kind: str, state: str, *, base_rev: int | None, changes: dict[str, Any], reason: str
) -> None:
    counter = hall.counter("A01")
    assert reasons(counter.push(counter.accepted(), said(counter, kind, state, base_rev, **changes))) == [None, reason]


def test_a_result_that_lies_ready_is_handed_out_once(hall: Any) -> None:
    counter = hall.counter("A01")
    counter.push(counter.accepted())

    def make_ready(connection: Any) -> None:
        held = cases.get(connection, HALL, "case-1")
        ready = {**{name: getattr(held, name) for name in held.__slots__}, "state": "awaiting_pickup", "rev": 4}
        cases.replace(connection, cases.MirroredCase(**ready), b"sealed")

    hall.storage.write(make_ready)
    twice = (said(counter, "case.delivered", "delivered", 4), said(counter, "case.delivered", "delivered", 5))
    assert reasons(counter.push(*twice)) == [None, "illegal_transition"]
    assert state_of(hall) == [("delivered", 5)]


def test_who_leaves_closes_the_ticket(hall: Any) -> None:
    hall.issue()
    ticket = hall.call("A01")
    counter = hall.counter("A01")
    served = counter.ticket_op("ticket.served", ticket)
    left = counter.ticket_op("ticket.left", ticket, outcome="left", case_id=None, reason="another_day")
    assert reasons(counter.push(served, left)) == [None, None]
    assert counter.server.snapshot(HALL).tables["ticket"][0]["state"] == "left"


def test_leaving_needs_a_reason_of_the_list(hall: Any) -> None:
    hall.issue()
    ticket = hall.call("A01")
    counter = hall.counter("A01")
    served = counter.ticket_op("ticket.served", ticket)
    left = counter.ticket_op("ticket.left", ticket, reason="bored")
    assert reasons(counter.push(served, left)) == [None, "malformed_payload"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"topic": " "}, "malformed_payload"),
        ({"clerk": "0302"}, "malformed_payload"),
        ({"action": "x"}, "malformed_payload"),
    ],
)
def test_a_first_contact_names_its_own_clerk(hall: Any, changes: dict[str, str], reason: str | None) -> None:
    counter = hall.counter("A01")
    contact = {
        "contact_id": "contact-1",
        "no": "SW20261123-0001-0001",
        "topic": "农村宅基地上建房怎么报批",
        "action": "passed_on",
        "owner": "B02窗口 0311号",
        "due": "2026-11-24",
        "clerk": "0301",
        "window": "A01",
        "number": "A012",
    }
    operation = counter.operation("contact.registered", "contact", "contact-1", {**contact, **changes})
    assert reasons(counter.push(operation)) == [reason]
