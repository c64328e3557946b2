"""更正 and 作废: both papers are kept, the number stays, nothing is deleted."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.correction import CorrectionReason, VoidReason
from app.domain.paper.blocks import Right, document_from_json
from app.domain.person import Person
from app.domain.visit import Outcome, VisitState
from app.domain.work.card import WorkCard
from app.domain.work.refusing import RefusalField, choose_ground, open_refusal, write
from app.ports.spool import JobState
from app.storage.tables import CASE
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.complete_case import complete_case
from app.usecases.correct_found import leave_found, reopen_found_case, void_found_case
from app.usecases.correct_paper import correct_paper, drop_correction, reopen_case
from app.usecases.end_visit import answer_question
from app.usecases.finish_visit import finish_visit
from app.usecases.refuse_case import refuse_case
from app.usecases.reprint_slip import reprint_slip
from app.usecases.save_draft import restore_draft
from app.usecases.void_paper import void_paper


@pytest.fixture
def issued(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> Any:
    done = accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    serving_kit.spool.mark(done.job.job_id, JobState.PRINTED)
    return done


def reopened(kit: Any, clerk: Clerk, visit_id: str) -> WorkCard:
    reopen_case(kit.store, CorrectionReason.TYPING, clerk)
    card = restore_draft(kit.store, visit_id)
    assert card is not None
    return card


def test_a_corrected_paper_is_the_next_revision_under_the_same_number(
    serving_kit: Any, clerk: Clerk, templates: Any, issued: Any, commits: Any
) -> None:
    card = reopened(serving_kit, clerk, issued.visit.visit_id).fill("operator_name", "改正后的名称").finish_form()
    serving_kit.clock.advance(60_000)
    with commits(serving_kit.database) as seen:
        done = correct_paper(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert len(seen) == 1
    assert done.case.form["operator_name"] == "改正后的名称"
    same = ("case_no", "doc_no", "query_code", "rating_token", "accepted_on", "accepted_ms", "promised_due")
    assert [getattr(done.case, name) for name in same] == [getattr(issued.case, name) for name in same]
    assert (done.case.rev, done.case.state) == (2, CaseState.ACCEPTED)
    assert (done.visit.state, done.visit.outcome) == (VisitState.ISSUED, Outcome.ACCEPTED)
    assert document_from_json(done.job.document).blocks[0] == Right("更正 1")
    with serving_kit.store.read() as view:
        jobs = view.print_jobs_of(issued.case.case_id)
    assert [(each.job_id, each.state) for each in jobs] == [
        (issued.job.job_id, JobState.VOIDED),
        (done.job.job_id, JobState.QUEUED),
    ]
    assert jobs[0].document == issued.job.document
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.base_rev) == ("case.corrected", 1)
    assert operation.payload["correction"]["reason"] == "typing"


def test_every_correction_has_its_number_and_a_reprint_none(
    serving_kit: Any, clerk: Clerk, templates: Any, issued: Any
) -> None:
    marks = []
    for name in ("第一次改", "第二次改"):
        card = reopened(serving_kit, clerk, issued.visit.visit_id).fill("operator_name", name).finish_form()
        done = correct_paper(serving_kit.store, serving_kit.clock, templates, card, clerk)
        serving_kit.spool.mark(done.job.job_id, JobState.PRINTED)
        again = reprint_slip(serving_kit.store, serving_kit.clock, done.job.job_id, "受潮", clerk)
        serving_kit.spool.mark(again.job_id, JobState.PRINTED)
        marks.append(document_from_json(again.document).blocks[0])
    assert marks == [Right("更正 1"), Right("更正 2")]


def test_an_on_the_spot_paper_is_corrected_too(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> None:
    before = complete_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-01"), clerk)
    card = reopened(serving_kit, clerk, before.visit.visit_id)
    done = correct_paper(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert (done.case.state, done.job.slip) == (CaseState.DELIVERED, "SL-11")


def test_a_correction_keeps_the_item(
    serving_kit: Any, clerk: Clerk, templates: Any, issued: Any, ready_card: Any
) -> None:
    reopened(serving_kit, clerk, issued.visit.visit_id)
    other = replace(ready_card("ITM-01"), corrects=CorrectionReason.TYPING.value)
    with pytest.raises(ActRefused) as caught:
        correct_paper(serving_kit.store, serving_kit.clock, templates, other, clerk)
    assert caught.value.reason is ActRefusal.ITEM_CHANGED


def test_a_correction_may_be_left_and_nothing_changed(serving_kit: Any, clerk: Clerk, issued: Any) -> None:
    reopened(serving_kit, clerk, issued.visit.visit_id)
    with pytest.raises(ActRefused) as caught:
        answer_question(serving_kit.store, serving_kit.clock, clerk)
    assert caught.value.reason is ActRefusal.CASE_REOPENED
    drop_correction(serving_kit.store, clerk)
    with serving_kit.store.read() as view:
        assert view.open_visit() == issued.visit
        assert view.case(issued.case.case_id) == issued.case
    assert finish_visit(serving_kit.store, serving_kit.clock, clerk).outcome is Outcome.ACCEPTED


def test_a_paper_in_the_printer_is_not_touched(serving_kit: Any, clerk: Clerk, issued: Any) -> None:
    serving_kit.spool.mark(issued.job.job_id, JobState.SENDING)
    for act in (
        lambda: reopen_case(serving_kit.store, CorrectionReason.TYPING, clerk),
        lambda: void_paper(serving_kit.store, VoidReason.TWICE, clerk),
    ):
        with pytest.raises(ActRefused) as caught:
            act()
        assert caught.value.reason is ActRefusal.PAPER_UNDER_WAY


def test_a_voided_paper_and_its_case_stay_on_record(serving_kit: Any, clerk: Clerk, issued: Any, commits: Any) -> None:
    with commits(serving_kit.database) as seen:
        case = void_paper(serving_kit.store, VoidReason.WRONG_PERSON, clerk)
    assert len(seen) == 1
    assert (case.state, case.rev, case.case_no) == (CaseState.VOIDED, 2, issued.case.case_no)
    with serving_kit.store.read() as view:
        assert view.case(case.case_id) == case
        assert [each.state for each in view.print_jobs_of(case.case_id)] == [JobState.VOIDED]
        assert view.open_cases(10) == []
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.payload["voiding"]["reason"]) == ("case.voided", "wrong_person")
    assert finish_visit(serving_kit.store, serving_kit.clock, clerk).outcome is Outcome.VOIDED


def test_a_queued_paper_that_is_voided_never_prints(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    void_paper(serving_kit.store, VoidReason.TWICE, clerk)
    assert serving_kit.spool.next_queued() is None


def test_a_refusal_is_voided_and_decided_again(serving_kit: Any, clerk: Clerk, templates: Any, citizen: Person) -> None:
    with serving_kit.store.read() as view:
        catalogue = view.catalogue()
    card = WorkCard(None, "A012", "A", catalogue.version, catalogue.items_of_business("A")).choose_item("ITM-02")
    card = write(choose_ground(open_refusal(card.seat(citizen)), 1), RefusalField.REASON, "只卖预包装食品")
    refuse_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
    with pytest.raises(ActRefused) as caught:
        reopen_case(serving_kit.store, CorrectionReason.TYPING, clerk)
    assert caught.value.reason is ActRefusal.VOID_AND_DECIDE_AGAIN
    assert void_paper(serving_kit.store, VoidReason.PRINTED_IN_ERROR, clerk).state is CaseState.VOIDED


def test_nothing_is_voided_before_a_paper_is_out(serving_kit: Any, clerk: Clerk) -> None:
    with pytest.raises(ActRefused) as caught:
        void_paper(serving_kit.store, VoidReason.TWICE, clerk)
    assert caught.value.reason is ActRefusal.NOTHING_TO_CORRECT


def test_a_found_case_is_corrected_in_a_visit_of_its_own(
    serving_kit: Any, clerk: Clerk, templates: Any, issued: Any, commits: Any
) -> None:
    kit = serving_kit
    with pytest.raises(ActRefused, match="visit_open"):
        reopen_found_case(kit.store, kit.clock, issued.case.case_id, CorrectionReason.PERSON, clerk)
    finish_visit(kit.store, kit.clock, clerk)
    with commits(kit.database) as seen:
        visit = reopen_found_case(kit.store, kit.clock, issued.case.case_id, CorrectionReason.PERSON, clerk)
    assert len(seen) == 1
    card = restore_draft(kit.store, visit.visit_id)
    assert card is not None
    with pytest.raises(ActRefused, match="case_reopened"):
        void_found_case(kit.store, issued.case.case_id, VoidReason.TWICE, clerk)
    done = correct_paper(kit.store, kit.clock, templates, card, clerk)
    assert (done.case.case_no, done.case.rev) == (issued.case.case_no, 2)
    assert finish_visit(kit.store, kit.clock, clerk).outcome is Outcome.CORRECTED
    with kit.store.read() as view:
        states = [each.state for each in view.print_jobs_of(issued.case.case_id)]
    assert states == [JobState.VOIDED, JobState.QUEUED]


def test_a_found_case_that_is_left_ends_as_a_question(serving_kit: Any, clerk: Clerk, issued: Any) -> None:
    kit = serving_kit
    finish_visit(kit.store, kit.clock, clerk)
    reopen_found_case(kit.store, kit.clock, issued.case.case_id, CorrectionReason.TYPING, clerk)
    assert leave_found(kit.store, kit.clock, clerk).outcome is Outcome.ANSWERED
    with kit.store.read() as view:
        assert (view.open_visit(), view.case(issued.case.case_id)) == (None, issued.case)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"counter": "0009"}, "correct_elsewhere"),
        ({"window": "A02"}, "correct_elsewhere"),
        ({"state": "reviewing"}, "not_correctable"),
        ({"state": "delivered"}, "not_correctable"),
    ],
)
def test_what_is_not_this_counters_or_is_decided_stays(
    serving_kit: Any, clerk: Clerk, issued: Any, change: dict[str, str], says: str
) -> None:
    kit, case_id = serving_kit, issued.case.case_id
    finish_visit(kit.store, kit.clock, clerk)
    with kit.database.write() as connection:
        connection.execute(update(CASE).where(CASE.c.case_id == case_id).values(**change))
    before = len(kit.operations())
    for act in (
        lambda: reopen_found_case(kit.store, kit.clock, case_id, CorrectionReason.TYPING, clerk),
        lambda: void_found_case(kit.store, case_id, VoidReason.TWICE, clerk),
    ):
        with pytest.raises(ActRefused, match=says):
            act()
    assert len(kit.operations()) == before


def test_a_found_paper_in_the_printer_is_not_touched(serving_kit: Any, clerk: Clerk, issued: Any) -> None:
    kit, case_id = serving_kit, issued.case.case_id
    finish_visit(kit.store, kit.clock, clerk)
    kit.spool.mark(issued.job.job_id, JobState.SENDING)
    with pytest.raises(ActRefused, match="paper_under_way"):
        void_found_case(kit.store, case_id, VoidReason.TWICE, clerk)
