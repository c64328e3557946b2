"""F10: a card becomes a case with number, operation and paper in one commit, or nothing happened at all."""

import time
from dataclasses import replace
from typing import Any

import pytest

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.paper.blocks import KeyValue, Wrapped, document_from_json
from app.domain.person import Person
from app.domain.serials import CaseNumber
from app.domain.transitions import IllegalTransition
from app.domain.visit import Outcome, VisitState
from app.domain.work.card import WorkCard
from app.domain.work.refusal import WorkRefusal
from app.ports.spool import JobState
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.complete_case import complete_case
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.preview_slip import preview_slip
from app.usecases.reprint_slip import reprint_slip
from app.usecases.save_draft import restore_draft, save_draft
from app.usecases.settle_print import settle_print
from app.usecases.taking_in import CardNotReady
from app.usecases.write_by_hand import write_by_hand


def labelled(document: Any) -> Any:
    return {block.label: block.value for block in document.blocks if isinstance(block, KeyValue)}


@pytest.fixture
def accepted(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> Any:
    return accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)


def test_acceptance_is_one_commit(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any, commits: Any
) -> None:
    card = ready_card("ITM-02")
    with commits(serving_kit.database) as seen:
        accept_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert len(seen) == 1


def test_an_accepted_case_carries_its_numbers_and_dates(accepted: Any) -> None:
    case = accepted.case
    number = CaseNumber.parse(case.case_no)
    assert (number.centre, number.counter, number.sequence) == ("9901", "0003", 1)
    assert case.doc_no == "示食许受〔2026〕0003-0001号"
    assert (case.state, case.accepted_on) == (CaseState.ACCEPTED, "2026-11-23")
    assert (case.promised_due, case.statutory_due, case.provisional) == ("2026-12-03", "2026-12-07", False)
    assert accepted.visit.state is VisitState.ISSUED
    assert accepted.visit.outcome is Outcome.ACCEPTED


def test_what_was_accepted_is_what_the_store_and_the_server_get(serving_kit: Any, accepted: Any) -> None:
    with serving_kit.store.read() as view:
        assert view.case(accepted.case.case_id) == accepted.case
        assert view.open_cases(10) == [accepted.case]
        assert view.open_visit() == accepted.visit
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.entity_id) == ("case.accepted", accepted.case.case_id)
    assert operation.payload["case_no"] == accepted.case.case_no
    assert set(operation.payload) == set(type(accepted.case).__dataclass_fields__)


def test_the_notice_says_what_was_recorded(serving_kit: Any, accepted: Any) -> None:
    job = serving_kit.spool.next_queued()
    assert job == accepted.job
    document = document_from_json(job.document)
    words = labelled(document)
    assert words["办件编号"] == accepted.case.case_no
    assert words["承诺办结"] == "最迟2026年12月3日（8个工作日，从受理次日起算）"
    assert words["法定期限"] == "最迟2026年12月7日（10个工作日）"
    assert words["证件号码"] == "990***********0015"
    assert words["领取方式"] == "一楼出件窗口C01自取"
    assert Wrapped("陈某某：") in document.blocks


def test_an_item_for_the_spot_ends_there_with_its_own_paper(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    done = complete_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-01"), clerk)
    assert (done.case.state, done.case.doc_no) == (CaseState.DELIVERED, None)
    assert done.case.promised_due == "2026-11-23"
    document = document_from_json(done.job.document)
    assert document.title == "即办件办结单"
    assert labelled(document)["办结时间"] == "2026-11-23 09:00"
    with serving_kit.store.read() as view:
        assert view.open_cases(10) == []
    assert finish_visit(serving_kit.store, serving_kit.clock, clerk).outcome is Outcome.COMPLETED


def test_each_way_refuses_the_other_ways_item(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> None:
    for act, item in ((accept_case, "ITM-01"), (complete_case, "ITM-02")):
        with pytest.raises(ActRefused) as caught:
            act(serving_kit.store, serving_kit.clock, templates, ready_card(item), clerk)
        assert caught.value.reason is ActRefusal.OTHER_OUTCOME


def test_an_unfinished_card_names_all_that_is_open(serving_kit: Any, clerk: Clerk, templates: Any) -> None:
    with serving_kit.store.read() as view:
        catalogue = view.catalogue()
    card = WorkCard(None, "A012", "A", 1, catalogue.items_of_business("A")).choose_item("ITM-02")
    with pytest.raises(CardNotReady) as caught:
        accept_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert {WorkRefusal.SITUATIONS_OPEN, WorkRefusal.NO_APPLICANT} <= set(caught.value.reasons)


def test_a_clerk_without_the_qualification_accepts_nothing(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    other = replace(clerk, items=("ITM-01",))
    with pytest.raises(ActRefused) as caught:
        accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), other)
    assert caught.value.reason is ActRefusal.NOT_QUALIFIED


def test_a_refused_acceptance_takes_no_number(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> None:
    card = ready_card("ITM-02")
    broken = {**templates, "SL-05": templates["SL-11"]}
    with pytest.raises(Exception, match="paper_"):
        accept_case(serving_kit.store, serving_kit.clock, broken, card, clerk)
    accepted = accept_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert CaseNumber.parse(accepted.case.case_no).sequence == 1


def test_a_visit_gives_one_outcome(
    serving_kit: Any, accepted: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    with pytest.raises(IllegalTransition):
        accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)


def test_numbers_of_a_day_have_no_gap_and_start_anew(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    card, numbers = ready_card("ITM-02"), []
    for each in ("A020", "A021"):
        numbers.append(accept_case(serving_kit.store, serving_kit.clock, templates, card, clerk).case)
        finish_visit(serving_kit.store, serving_kit.clock, clerk)
        present_ticket(serving_kit.store, serving_kit.clock, each, clerk)
    serving_kit.clock.advance(86_400_000)
    open_day(serving_kit.store, serving_kit.clock, clerk)
    numbers.append(accept_case(serving_kit.store, serving_kit.clock, templates, card, clerk).case)
    parsed = [CaseNumber.parse(each.case_no) for each in numbers]
    assert [(each.day.day, each.sequence) for each in parsed] == [(23, 1), (23, 2), (24, 1)]
    assert [each.doc_no[-5:-1] for each in numbers] == ["0001", "0002", "0003"]


def test_the_preview_is_the_paper_with_open_numbers_and_masked_persons(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    with serving_kit.store.read() as view:
        before = view.outbox_length()
    document = preview_slip(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    assert labelled(document)["办件编号"] == "办理后生成"
    assert labelled(document)["承诺办结"] == "最迟2026年12月3日（8个工作日，从受理次日起算）"
    assert Wrapped("陈**：") in document.blocks
    with serving_kit.store.read() as view:
        assert view.outbox_length() == before


def test_no_preview_before_item_and_applicant_are_known(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    card = replace(ready_card("ITM-02"), applicant=None)
    assert preview_slip(serving_kit.store, serving_kit.clock, templates, card, clerk) is None


def test_a_draft_survives_and_goes_with_its_act(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    card = ready_card("ITM-02")
    with serving_kit.store.read() as view:
        visit_id = view.open_visit().visit_id
    save_draft(serving_kit.store, visit_id, card)
    assert restore_draft(serving_kit.store, visit_id) == card
    accept_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert restore_draft(serving_kit.store, visit_id) is None


def test_a_reprint_counts_and_gives_its_reason(serving_kit: Any, accepted: Any, clerk: Clerk) -> None:
    first = reprint_slip(serving_kit.store, serving_kit.clock, accepted.job.job_id, "群众遗失", clerk)
    second = reprint_slip(serving_kit.store, serving_kit.clock, accepted.job.job_id, "再次遗失", clerk)
    assert (first.reprint, second.reprint) == (1, 2)
    assert first.document == accepted.job.document
    payload = serving_kit.operations()[-1].payload
    assert payload == {"slip": "SL-05", "reprint": 2, "reason": "再次遗失"}


def test_a_reprint_without_a_reason_or_a_paper_is_refused(serving_kit: Any, accepted: Any, clerk: Clerk) -> None:
    for job_id, reason, expected in (
        (accepted.job.job_id, "  ", ActRefusal.REASON_NEEDED),
        ("nothing", "遗失", ActRefusal.UNKNOWN_PAPER),
    ):
        with pytest.raises(ActRefused) as caught:
            reprint_slip(serving_kit.store, serving_kit.clock, job_id, reason, clerk)
        assert caught.value.reason is expected


def test_a_paper_in_doubt_is_settled_by_a_person(serving_kit: Any, accepted: Any, clerk: Clerk) -> None:
    job_id = accepted.job.job_id
    serving_kit.spool.mark(job_id, JobState.SENDING)
    assert [each.job_id for each in serving_kit.spool.recover()] == [job_id]
    again = settle_print(serving_kit.store, serving_kit.clock, job_id, came_out=False, by=clerk)
    assert again.reprint == 1
    assert serving_kit.spool.next_queued() == again
    with pytest.raises(ActRefused) as caught:
        settle_print(serving_kit.store, serving_kit.clock, job_id, came_out=True, by=clerk)
    assert caught.value.reason is ActRefusal.PAPER_NOT_IN_DOUBT


def test_a_paper_that_did_come_out_is_not_printed_again(serving_kit: Any, accepted: Any, clerk: Clerk) -> None:
    serving_kit.spool.mark(accepted.job.job_id, JobState.UNKNOWN)
    assert settle_print(serving_kit.store, serving_kit.clock, accepted.job.job_id, came_out=True, by=clerk) is None
    assert serving_kit.spool.next_queued() is None


def test_a_paper_written_by_hand_never_prints_and_lets_the_next_one_through(
    serving_kit: Any, accepted: Any, clerk: Clerk
) -> None:
    write_by_hand(serving_kit.store, accepted.job.job_id, "printer_paper_out", clerk)

    with serving_kit.store.read() as view:
        assert view.print_job(accepted.job.job_id).state is JobState.HANDWRITTEN
    assert serving_kit.spool.next_queued() is None
    last = serving_kit.replica.pending(50)[-1]
    assert (last.kind, last.entity_id) == ("slip.handwritten", accepted.case.case_id)
    assert last.payload == {"slip": "SL-05", "reason": "printer_paper_out"}


def test_a_paper_on_the_wire_cannot_be_written_by_hand(serving_kit: Any, accepted: Any, clerk: Clerk) -> None:
    serving_kit.spool.mark(accepted.job.job_id, JobState.SENDING)

    with pytest.raises(ActRefused) as caught:
        write_by_hand(serving_kit.store, accepted.job.job_id, "printer_paper_out", clerk)

    assert caught.value.reason is ActRefusal.PAPER_UNDER_WAY


def test_a_page_of_an_older_catalogue_is_looked_at_again_before_it_is_accepted(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    card = ready_card("ITM-02")
    older = replace(card, catalogue_version=card.catalogue_version - 1)

    with pytest.raises(ActRefused) as caught:
        accept_case(serving_kit.store, serving_kit.clock, templates, older, clerk)

    assert caught.value.reason is ActRefusal.CATALOGUE_CHANGED


def test_acceptance_is_quick(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> None:
    card, spent = ready_card("ITM-02"), []
    for each in range(10):
        begun = time.thread_time()
        accept_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
        spent.append(time.thread_time() - begun)
        finish_visit(serving_kit.store, serving_kit.clock, clerk)
        present_ticket(serving_kit.store, serving_kit.clock, f"A{100 + each}", clerk)
    assert sorted(spent)[len(spent) // 2] < 0.05


def test_what_names_a_citizen_has_no_repr(serving_kit: Any, accepted: Any, citizen: Person) -> None:
    job, operation = accepted.job, serving_kit.operations()[-1]
    shown = repr((accepted, operation, document_from_json(job.document)))
    assert citizen.name not in shown
    assert citizen.number not in shown


def test_a_paper_in_doubt_is_asked_about_after_its_citizen_has_left(
    serving_kit: Any, clerk: Clerk, accepted: Any
) -> None:
    serving_kit.spool.mark(accepted.job.job_id, JobState.SENDING)
    finish_visit(serving_kit.store, serving_kit.clock, clerk)
    serving_kit.spool.recover()
    with serving_kit.store.read() as view:
        assert view.paper_in_doubt() == replace(accepted.job, state=JobState.UNKNOWN)
