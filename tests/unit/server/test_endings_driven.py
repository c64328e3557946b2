"""A day of endings, driven at a real counter store and pushed: what the server holds is what the counter holds."""

import json
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.clerk import Clerk
from app.domain.correction import CorrectionReason, VoidReason
from app.domain.operation import to_wire
from app.domain.original import delivered, sent
from app.domain.person import Person
from app.domain.work.card import WorkCard
from app.domain.work.ending import LeaveReason, choose_way, open_menu, write
from app.domain.work.refusing import RefusalField, choose_ground, open_refusal
from app.domain.work.refusing import write as explain
from app.ports.store import Counter
from app.storage.originals import CounterOriginals
from app.storage.signer import Ed25519Signer
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.correct_paper import correct_paper, reopen_case
from app.usecases.end_visit import answer_question, leave, register_contact
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.print_original import print_original
from app.usecases.refuse_case import refuse_case
from app.usecases.reprint_original import reprint_original
from app.usecases.save_draft import restore_draft
from app.usecases.seal_original import seal_original
from app.usecases.void_paper import void_paper
from app.usecases.withdraw_case import withdraw_case
from sync.protocol.messages import Push, RegisterCounter
from sync.server.service.attempts import Attempts
from sync.server.service.case_progress import case_progress
from sync.server.storage import cases
from sync.server.storage.tables import catalogue_version

HALL = "9901"


@pytest.fixture
def counter(bare_kit: Any, published_tables: Any, hall: Any) -> Any:
    """A counter at window A01 that this hall knows."""
    key = Ed25519Signer(bytes(range(32))).public_key()
    given = hall.server("A01").register(RegisterCounter(incarnation=bare_kit.replica.incarnation(), public_key=key))
    known = Counter(given.device, bare_kit.replica.incarnation(), given.counter, given.centre, given.hall, "A01")
    bare_kit.replica.register(known, given.server_incarnation)
    bare_kit.replica.replace(published_tables, 0)
    return bare_kit


@pytest.fixture
def blank(counter: Any, citizen: Person) -> WorkCard:
    with counter.store.read() as view:
        catalogue = view.catalogue()
    return WorkCard(None, "A001", "A", catalogue.version, catalogue.items_of_business("A")).seat(citizen)


def ready(blank: WorkCard) -> WorkCard:
    card = blank.choose_item("ITM-02").accept_answers().mark_rest_ok()
    assert card.form is not None
    for field in card.form.to_fill():
        card = card.fill(field.name, "某某经营")
    return card.finish_form()


def push(hall: Any, kit: Any) -> list[tuple[str, str, str | None]]:
    """Send everything; return kind, status and reason of each operation."""
    sent = kit.operations()
    first = sent[0]
    ops = [to_wire(each) for each in sent]
    answer = hall.server("A01").push(
        Push(device=first.device, incarnation=first.incarnation, first_seq=first.seq, ops=ops)
    )
    return [(each.kind, said.status, said.reason) for each, said in zip(sent, answer.results, strict=True)]


def test_a_day_of_endings_is_the_same_at_both_ends(hall: Any, counter: Any, clerk: Clerk, blank: WorkCard) -> None:
    templates, (store, clock) = load_templates(), (counter.store, counter.clock)
    open_day(store, clock, clerk)

    present_ticket(store, clock, hall.issue(), clerk)
    refused = explain(
        choose_ground(open_refusal(blank.choose_item("ITM-02")), 1), RefusalField.REASON, "只卖预包装食品"
    )
    refuse_case(store, clock, templates, refused, clerk)
    finish_visit(store, clock, clerk)

    present_ticket(store, clock, hall.issue(), clerk)
    taken = accept_case(store, clock, templates, ready(blank), clerk)
    reopen_case(store, CorrectionReason.TYPING, clerk)
    again = restore_draft(store, taken.visit.visit_id)
    assert again is not None
    correct_paper(store, clock, templates, again, clerk)
    void_paper(store, VoidReason.WRONG_PERSON, clerk)
    finish_visit(store, clock, clerk)

    present_ticket(store, clock, hall.issue(), clerk)
    number = accept_case(store, clock, templates, ready(blank), clerk).case.case_no
    finish_visit(store, clock, clerk)
    present_ticket(store, clock, hall.issue(), clerk)
    withdraw_case(store, clock, templates, write(choose_way(open_menu(blank), 5), "number", number), clerk)
    finish_visit(store, clock, clerk)

    present_ticket(store, clock, hall.issue(), clerk)
    register_contact(store, clock, templates, write(choose_way(open_menu(blank), 2), "topic", "建房怎么报批"), clerk)
    finish_visit(store, clock, clerk)
    present_ticket(store, clock, hall.issue(), clerk)
    leave(store, clock, LeaveReason.ANOTHER_DAY, clerk)
    present_ticket(store, clock, hall.issue(), clerk)
    answer_question(store, clock, clerk)

    assert [each for each in push(hall, counter) if each[1] != "applied"] == []
    held = hall.storage.read(lambda connection: list(cases.standing(connection, HALL, "")))
    with store.read() as view:
        own = [view.case(each["case_id"]) for each in held]
    assert [(each["case_no"], each["state"], each["rev"], each["doc_no"]) for each in held] == [
        (each.case_no, each.state, each.rev, each.doc_no) for each in own
    ]
    assert sorted((each["state"], each["rev"]) for each in held) == [("refused", 2), ("voided", 3), ("withdrawn", 2)]
    tickets = ticket_states(hall)
    assert tickets == ["done"] * 5 + ["left"] + ["done"]


def ticket_states(hall: Any) -> list[str]:
    rows = hall.server("A01").snapshot(HALL).tables["ticket"]
    return [each["state"] for each in sorted(rows, key=lambda each: each["number"])]


def test_a_sealed_original_is_told_to_the_server(hall: Any, counter: Any, clerk: Clerk, blank: WorkCard) -> None:
    store, clock, spool = counter.store, counter.clock, CounterOriginals(counter.database)
    open_day(store, clock, clerk)
    present_ticket(store, clock, hall.issue(), clerk)
    accept_case(store, clock, load_templates(), ready(blank), clerk)
    with store.read() as view:
        (owed,) = view.originals_owed()
    waiting = print_original(store, owed.original_id, clerk)
    spool.claim(owed.original_id)
    spool.settle(delivered(sent(waiting), "folder", clock.now_ms(), kept=False))
    seal_original(store, clock, owed.original_id, clerk)
    assert push(hall, counter)[-2:] == [("document.printed", "applied", None), ("document.sealed", "applied", None)]


def test_a_sealed_original_printed_again_is_told_to_the_server(
    hall: Any, counter: Any, clerk: Clerk, blank: WorkCard
) -> None:
    store, clock, spool = counter.store, counter.clock, CounterOriginals(counter.database)
    open_day(store, clock, clerk)
    present_ticket(store, clock, hall.issue(), clerk)
    accept_case(store, clock, load_templates(), ready(blank), clerk)
    with store.read() as view:
        (owed,) = view.originals_owed()
    spool.settle(delivered(sent(print_original(store, owed.original_id, clerk)), "lp", 1, kept=False))
    seal_original(store, clock, owed.original_id, clerk)
    again = reprint_original(store, clock, owed.original_id, clerk)
    spool.settle(delivered(sent(again), "lp", 2, kept=False))
    seal_original(store, clock, again.original_id, clerk)
    told = push(hall, counter)
    assert [each for each in told if each[1] != "applied"] == []
    assert [kind for kind, _, _ in told if kind.startswith("document.")] == [
        "document.printed",
        "document.sealed",
        "document.printed",
        "document.sealed",
    ]


def test_the_page_of_a_case_that_was_taken_back_shows_its_return_slip(
    hall: Any, counter: Any, clerk: Clerk, *, blank: WorkCard, published_tables: Any
) -> None:
    whole = update(catalogue_version).values(document=json.dumps(published_tables["catalogue"][0]["document"]))
    hall.storage.write(lambda connection: connection.execute(whole))
    templates, (store, clock) = load_templates(), (counter.store, counter.clock)
    open_day(store, clock, clerk)
    present_ticket(store, clock, hall.issue(), clerk)
    case = accept_case(store, clock, templates, ready(blank), clerk).case
    finish_visit(store, clock, clerk)
    present_ticket(store, clock, hall.issue(), clerk)
    withdraw_case(store, clock, templates, write(choose_way(open_menu(blank), 5), "number", case.case_no), clerk)
    assert [each for each in push(hall, counter) if each[1] != "applied"] == []
    seen = case_progress(hall.service.context, Attempts(hall.service.context), case.case_no, case.query_code, "phone")
    assert seen.paper is not None
    assert seen.paper.title == "退件告知单"
    words = repr(seen.paper.lines)
    for said in ("申请人撤回", "申请人自愿撤回申请", "退还材料", "TJ20261123-", "陈**"):
        assert said in words, said
    for hidden in ("陈某", "990101199003070015", "0301"):
        assert hidden not in words
