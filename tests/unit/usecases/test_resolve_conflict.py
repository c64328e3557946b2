"""A parked act is resolved: its paper counts no more, the one before does again, and the log keeps every word."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.conflict import How
from app.domain.correction import CorrectionReason, VoidReason
from app.domain.rights import Role
from app.ports.spool import JobState
from app.storage.tables import OPERATION
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.correct_paper import correct_paper, reopen_case
from app.usecases.resolve_conflict import resolve_conflict
from app.usecases.save_draft import restore_draft
from app.usecases.void_paper import void_paper

HEARD = {"window": "A01", "counter": "0007", "item_id": "ITM-02", "department": "D-SJ", "provisional": False}


@pytest.fixture
def issued(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> Any:
    done = accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    serving_kit.spool.mark(done.job.job_id, JobState.PRINTED)
    serving_kit.clock.advance(600_000)
    return done


def hear(kit: Any, case: Any, state: CaseState, rev: int) -> None:
    """The feed tells how the server has the case."""
    told = ("case_id", "case_no", "hall", "accepted_on", "promised_due", "statutory_due", "doc_no", "received_on")
    row = {**HEARD, **{name: getattr(case, name) for name in told}, "notice_due": None, "clock": None}
    data = {**row, "state": state.value, "rev": rev}
    cursor = kit.replica.cursor()
    event = {"seq": cursor + 1, "entity": "case", "entity_id": case.case_id, "rev": rev, "data": data}
    assert kit.replica.apply(cursor, [event], cursor + 1)


def corrected(kit: Any, clerk: Clerk, templates: Any, issued: Any) -> Any:
    reopen_case(kit.store, CorrectionReason.TYPING, clerk)
    card = restore_draft(kit.store, issued.visit.visit_id)
    assert card is not None
    done = correct_paper(
        kit.store, kit.clock, templates, card.fill("operator_name", "改正后的名称").finish_form(), clerk
    )
    kit.spool.mark(done.job.job_id, JobState.PRINTED)
    return done


def park(kit: Any, reason: str = "stale_rev") -> int:
    """The server parks what was said last."""
    seq = kit.operations()[-1].seq
    kit.replica.acknowledge(seq, {seq: reason})
    return int(seq)


def papers(kit: Any, case: Any) -> list[JobState]:
    with kit.store.read() as view:
        return [each.state for each in view.print_jobs_of(case.case_id)]


@pytest.mark.parametrize("how", [How.TAKE, How.REDO])
def test_the_paper_of_before_counts_again(
    serving_kit: Any, clerk: Clerk, templates: Any, issued: Any, how: How
) -> None:
    corrected(serving_kit, clerk, templates, issued)
    hear(serving_kit, issued.case, CaseState.ACCEPTED, 2)
    seq = park(serving_kit)
    assert papers(serving_kit, issued.case) == [JobState.VOIDED, JobState.PRINTED]
    resolve_conflict(serving_kit.store, seq, how, clerk)
    assert papers(serving_kit, issued.case) == [JobState.PRINTED, JobState.VOIDED]
    told = serving_kit.operations()[-1]
    assert (told.kind, told.payload["seq"], told.payload["how"]) == ("conflict.resolved", seq, how.value)
    with serving_kit.store.read() as view:
        assert (view.conflicts(), view.parked_operation(seq)) == (0, None)


def test_a_voiding_that_did_not_come_to_be_voids_no_paper(serving_kit: Any, clerk: Clerk, issued: Any) -> None:
    void_paper(serving_kit.store, VoidReason.TWICE, clerk)
    hear(serving_kit, issued.case, CaseState.REVIEWING, 2)
    seq = park(serving_kit, "illegal_transition")
    case = resolve_conflict(serving_kit.store, seq, How.TAKE, clerk)
    assert case is not None
    assert (case.state, case.rev) == (CaseState.REVIEWING, 2)
    assert papers(serving_kit, issued.case) == [JobState.PRINTED]


def test_handed_to_the_floor_manager_nothing_changes_here(
    serving_kit: Any, clerk: Clerk, templates: Any, issued: Any
) -> None:
    corrected(serving_kit, clerk, templates, issued)
    hear(serving_kit, issued.case, CaseState.ACCEPTED, 2)
    resolve_conflict(serving_kit.store, park(serving_kit), How.MANAGER, clerk)
    assert papers(serving_kit, issued.case) == [JobState.VOIDED, JobState.PRINTED]


def test_a_paper_in_the_printer_is_waited_for_and_nothing_is_resolved(
    serving_kit: Any, clerk: Clerk, templates: Any, issued: Any
) -> None:
    done = corrected(serving_kit, clerk, templates, issued)
    serving_kit.spool.mark(done.job.job_id, JobState.SENDING)
    hear(serving_kit, issued.case, CaseState.ACCEPTED, 2)
    seq = park(serving_kit)
    with pytest.raises(ActRefused) as caught:
        resolve_conflict(serving_kit.store, seq, How.TAKE, clerk)
    assert caught.value.reason is ActRefusal.PAPER_UNDER_WAY
    with serving_kit.store.read() as view:
        assert view.conflicts() == 1


def test_who_may_not_and_what_does_not_wait(serving_kit: Any, clerk: Clerk, issued: Any) -> None:
    seq = park(serving_kit, "not_as_published")
    refused = []
    for number, how, by in (
        (seq, How.TAKE, replace(clerk, roles=frozenset({Role.GUIDE}))),
        (seq - 1, How.TAKE, clerk),
        (seq, How.REDO, clerk),
    ):
        with pytest.raises(ActRefused) as caught:
            resolve_conflict(serving_kit.store, number, how, by)
        refused.append(caught.value.reason)
    assert refused == [ActRefusal.NOT_ALLOWED, ActRefusal.NO_SUCH_CONFLICT, ActRefusal.NO_SUCH_CONFLICT]
    case = resolve_conflict(serving_kit.store, seq, How.TAKE, clerk)
    assert case is not None
    assert (case.case_id, case.state, papers(serving_kit, case)) == (
        issued.case.case_id,
        CaseState.VOIDED,
        [JobState.VOIDED],
    )


def test_what_others_wrote_is_not_corrected_away(serving_kit: Any, clerk: Clerk, issued: Any) -> None:
    hear(serving_kit, issued.case, CaseState.ACCEPTED, 2)
    with pytest.raises(ActRefused) as caught:
        reopen_case(serving_kit.store, CorrectionReason.TYPING, clerk)
    assert caught.value.reason is ActRefusal.NOT_WHOLE


def test_told_twice_it_is_parked_once_and_a_server_that_takes_it_after_all_ends_it(
    serving_kit: Any, clerk: Clerk, issued: Any
) -> None:
    seq = park(serving_kit)
    serving_kit.replica.acknowledge(seq, {seq: "taken_elsewhere"})
    with serving_kit.store.read() as view:
        assert [each.reason for each in view.parked_operations(9)] == ["stale_rev"]
    serving_kit.replica.acknowledge(seq, {}, [seq])
    assert serving_kit.replica.parked() == 0
    serving_kit.replica.acknowledge(seq, {seq: "stale_rev"})
    assert serving_kit.replica.parked() == 1
    resolve_conflict(serving_kit.store, seq, How.MANAGER, clerk)
    serving_kit.replica.acknowledge(seq, {seq: "stale_rev"})
    assert serving_kit.replica.parked() == 0


def card(kit: Any, subject: str, rev: int, closed_as: str | None = None, *, card_id: str = "card-1") -> None:
    """The feed tells of the card over what was parked."""
    row = {
        "card_id": card_id,
        "hall": "9901",
        "rule": "parked",
        "level": "yellow",
        "subject": subject,
        "window": "A01",
        "clerk": "0301",
        "due": None,
        "raised_ms": kit.clock.now_ms() + int(card_id[-1]),
        "acknowledged_ms": None,
        "closed_ms": None if closed_as is None else kit.clock.now_ms(),
        "closed_as": closed_as,
        "rev": rev,
    }
    cursor = kit.replica.cursor()
    event = {"seq": cursor + 1, "entity": "card", "entity_id": card_id, "rev": rev, "data": row}
    assert kit.replica.apply(cursor, [event], cursor + 1)


@pytest.mark.parametrize(("closed_as", "mark"), [("handled", "stale_rev"), ("withdrawn", "stale_rev"), ("ended", None)])
def test_a_task_whose_card_somebody_else_closed_leaves_the_counter(
    serving_kit: Any, issued: Any, closed_as: str, mark: str | None
) -> None:
    seq = park(serving_kit)
    card(serving_kit, "9901-20261123-0099-9", 1, closed_as)
    card(serving_kit, issued.case.case_no, 1, card_id="card-2")
    assert serving_kit.replica.parked() == 1, "another matter's card is none of this"
    card(serving_kit, issued.case.case_no, 2, closed_as, card_id="card-2")
    assert serving_kit.replica.parked() == 0
    with serving_kit.database.read() as connection:
        kept = connection.execute(select(OPERATION.c.parked, OPERATION.c.resolved).where(OPERATION.c.seq == seq)).one()
    assert kept == (mark, "manager" if mark else None), "what the server took after all waits no more"
    assert papers(serving_kit, issued.case) == [JobState.PRINTED], "no paper is touched by what somebody else does"


def test_a_newer_card_over_the_same_matter_keeps_the_task(serving_kit: Any, issued: Any) -> None:
    park(serving_kit)
    card(serving_kit, issued.case.case_no, 1, card_id="card-1")
    card(serving_kit, issued.case.case_no, 1, card_id="card-2")
    card(serving_kit, issued.case.case_no, 2, "handled", card_id="card-1")
    assert serving_kit.replica.parked() == 1
    card(serving_kit, issued.case.case_no, 2, "handled", card_id="card-2")
    assert serving_kit.replica.parked() == 0
