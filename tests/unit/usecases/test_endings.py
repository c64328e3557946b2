"""F12 while serving: every visit ends in an outcome, each in one commit with its paper."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.case import Case, CaseState
from app.domain.clerk import Clerk
from app.domain.decision import Made, granted
from app.domain.handover import EntryKind
from app.domain.paper.blocks import Hanging, KeyValue, LeftRight, document_from_json
from app.domain.person import Person
from app.domain.visit import Outcome, VisitState
from app.domain.work import draft
from app.domain.work.card import WorkCard
from app.domain.work.ending import LeaveReason, WithdrawReason, choose_way, open_menu, write
from app.domain.work.refusal import WorkRefusal
from app.storage.tables import CASE
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.end_visit import answer_question, leave, register_contact
from app.usecases.finish_visit import finish_visit
from app.usecases.hand_out_result import hand_out_result
from app.usecases.hand_over import begin_handover, hand_over
from app.usecases.present_ticket import present_ticket
from app.usecases.preview_ending import preview_ending
from app.usecases.taking_in import CardNotReady
from app.usecases.withdraw_case import withdraw_case

REGISTER, PICK_UP, WITHDRAW = 2, 4, 5


def form(kit: Any, way: int, person: Person | None = None, **values: str) -> WorkCard:
    with kit.store.read() as view:
        catalogue = view.catalogue()
    card = WorkCard(None, "A012", "A", catalogue.version, catalogue.items_of_business("A"))
    card = choose_way(open_menu(card if person is None else card.seat(person)), way)
    for name, text in values.items():
        card = write(card, name, text)
    return card


def labelled(job: Any) -> dict[str, str]:
    return {each.label: each.value for each in document_from_json(job.document).blocks if isinstance(each, KeyValue)}


@pytest.fixture
def accepted(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> Case:
    """An open case of the citizen, who came back with another ticket."""
    case = accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk).case
    finish_visit(serving_kit.store, serving_kit.clock, clerk)
    present_ticket(serving_kit.store, serving_kit.clock, "A020", clerk)
    return case


def test_an_answered_question_ends_the_visit(serving_kit: Any, clerk: Clerk, commits: Any) -> None:
    with commits(serving_kit.database) as seen:
        visit = answer_question(serving_kit.store, serving_kit.clock, clerk)
    assert len(seen) == 1
    assert (visit.state, visit.outcome) == (VisitState.FINISHED, Outcome.ANSWERED)
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.payload["outcome"]) == ("ticket.finished", "answered")


def test_who_leaves_leaves_with_a_reason(serving_kit: Any, clerk: Clerk) -> None:
    visit = leave(serving_kit.store, serving_kit.clock, LeaveReason.ANOTHER_DAY, clerk)
    assert visit.outcome is Outcome.LEFT
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.payload["reason"]) == ("ticket.left", "another_day")


def test_a_first_contact_is_registered_and_the_slip_names_who_answers(
    serving_kit: Any, clerk: Clerk, templates: Any, commits: Any
) -> None:
    card = form(serving_kit, REGISTER, topic="农村宅基地上建房怎么报批", owner="B02窗口 0311号", action="passed_on")
    with commits(serving_kit.database) as seen:
        done = register_contact(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert len(seen) == 1
    assert (done.visit.state, done.visit.outcome) == (VisitState.ISSUED, Outcome.REGISTERED)
    assert labelled(done.job) == {
        "首问责任人": "0301号（A01窗口）",
        "来访方式": "来访",
        "咨询（申请）事项": "农村宅基地上建房怎么报批",
        "处理方式": "不属本窗口职责，转交承接人办理",
        "承接人": "B02窗口 0311号",
        "最迟答复": "2026-11-24 17:00",
        "投诉电话": "0000-8000000",
        "行政效能投诉": "0000-8000001",
    }
    assert LeftRight("登记号：SW20261123-0003-0001", "2026-11-23 09:00") in document_from_json(done.job.document).blocks
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.payload["clerk"]) == ("contact.registered", "0301")
    assert finish_visit(serving_kit.store, serving_kit.clock, clerk).outcome is Outcome.REGISTERED


def test_an_unanswered_contact_needs_an_owner_before_the_shift_ends(
    serving_kit: Any, clerk: Clerk, templates: Any
) -> None:
    card = form(serving_kit, REGISTER, topic="农村宅基地上建房怎么报批", owner="B02窗口 0311号", action="passed_on")
    kit = serving_kit
    register_contact(kit.store, kit.clock, templates, card, clerk)
    finish_visit(kit.store, kit.clock, clerk)
    with kit.store.read() as view:
        sheet = begin_handover(view, clerk)
        [entry] = sheet.entries
        others = begin_handover(view, replace(clerk, number="0302")).entries
    assert (entry.kind, entry.number, entry.item) == (EntryKind.CONTACT, "SW20261123-0003-0001", "首问登记")
    assert others == ()
    with pytest.raises(ActRefused) as refused:
        hand_over(kit.store, kit.clock, templates, sheet, clerk)
    assert refused.value.reason is ActRefusal.OWNER_MISSING
    paper = hand_over(kit.store, kit.clock, templates, replace(sheet, heir="0302").give_rest("0302"), clerk)
    words = json.dumps(paper.document, ensure_ascii=False)
    assert f"{entry.number} 首问未答复，交0302号" in words
    assert "宅基地" not in words


def test_a_contact_needs_its_topic_in_kind_words(serving_kit: Any, clerk: Clerk, templates: Any) -> None:
    for card, reason in (
        (form(serving_kit, REGISTER), WorkRefusal.TOPIC_NEEDED),
        (form(serving_kit, REGISTER, topic="不知道问谁"), WorkRefusal.SAY_WILL_ASK),
        (form(serving_kit, REGISTER, topic="建房", owner=" "), WorkRefusal.OWNER_NEEDED),
    ):
        with pytest.raises(CardNotReady) as caught:
            register_contact(serving_kit.store, serving_kit.clock, templates, card, clerk)
        assert caught.value.reasons == (reason,)


def test_a_case_is_withdrawn_by_its_own_applicant(
    serving_kit: Any, clerk: Clerk, templates: Any, accepted: Case, citizen: Person, *, commits: Any
) -> None:
    card = form(serving_kit, WITHDRAW, citizen, number=accepted.case_no, reason=WithdrawReason.ELSEWHERE)
    with commits(serving_kit.database) as seen:
        done = withdraw_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert len(seen) == 1
    assert (done.case.state, done.case.rev) == (CaseState.WITHDRAWN, 2)
    assert (done.visit.case_id, done.visit.outcome) == (accepted.case_id, Outcome.WITHDRAWN)
    words = labelled(done.job)
    assert (words["办件编号"], words["退件类别"]) == (accepted.case_no, "申请人撤回")
    assert words["退件理由"] == "申请人提出改在别处办理，自愿撤回申请。"
    assert words["依据"] == "申请人撤回申请书（2026年11月23日）"
    materials = [each.text for each in document_from_json(done.job.document).blocks if isinstance(each, Hanging)]
    assert materials[0] == "食品经营许可证申请书 原件1份"
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.base_rev) == ("case.withdrawn", 1)
    with serving_kit.store.read() as view:
        assert view.open_cases(10) == []


def test_nobody_withdraws_what_is_not_theirs(
    serving_kit: Any, clerk: Clerk, templates: Any, accepted: Case, citizen: Person
) -> None:
    other = replace(citizen, number="990101198511120029", name="李某")
    for card, reason in (
        (form(serving_kit, WITHDRAW, None, number=accepted.case_no), ActRefusal.NO_PERSON),
        (form(serving_kit, WITHDRAW, other, number=accepted.case_no), ActRefusal.NOT_THE_RECEIVER),
        (form(serving_kit, WITHDRAW, citizen, number="9901"), ActRefusal.UNKNOWN_CASE),
    ):
        with pytest.raises(ActRefused) as caught:
            withdraw_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
        assert caught.value.reason is reason


def test_what_is_ended_or_elsewhere_is_not_withdrawn(
    serving_kit: Any, clerk: Clerk, templates: Any, accepted: Case, citizen: Person
) -> None:
    card = form(serving_kit, WITHDRAW, citizen, number=accepted.query_code.lower())
    for values, reason in (
        ({"window": "A02"}, ActRefusal.OTHER_WINDOWS_CASE),
        ({"window": "A01", "state": "granted"}, ActRefusal.NOT_OPEN_ANY_MORE),
    ):
        with serving_kit.database.write() as connection:
            connection.execute(update(CASE).values(values))
        with pytest.raises(ActRefused) as caught:
            withdraw_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
        assert caught.value.reason is reason


def ready_for_pickup(kit: Any, case: Case) -> None:
    """The department granted it and made the result, and the whole case came here."""
    with kit.store.read() as view:
        catalogue, calendar, today = view.catalogue(), view.calendar(), view.business_date()
    made = Made("0401", "R01", today, kit.clock.now_ms(), "示食许准〔2026〕0002-0001号", calendar)
    decision = replace(granted(catalogue.items[case.item_id], catalogue, made), made_on=today.isoformat())
    ready = replace(case, state=CaseState.AWAITING_PICKUP, rev=4, decision=decision.to_json())
    with kit.store.begin() as work:
        work.put_case(ready)


@pytest.mark.parametrize("typed", ["case_no", "query_code"])
def test_the_result_goes_to_its_person(
    serving_kit: Any, clerk: Clerk, accepted: Case, citizen: Person, templates: Any, *, commits: Any, typed: str
) -> None:
    ready_for_pickup(serving_kit, accepted)
    card = form(serving_kit, PICK_UP, citizen, number=getattr(accepted, typed))
    with commits(serving_kit.database) as seen:
        case, visit = hand_out_result(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert len(seen) == 1
    assert (case.state, case.rev) == (CaseState.DELIVERED, 5)
    assert (visit.state, visit.outcome) == (VisitState.FINISHED, Outcome.PICKED_UP)
    delivered, finished = serving_kit.operations()[-2:]
    assert (delivered.kind, delivered.base_rev) == ("case.handed_out", 4)
    assert delivered.payload["decision"]["served"]["review_until"] == "2027-01-22"
    assert delivered.payload["handed_to"]["number"] == citizen.number
    assert (finished.kind, finished.payload["case_id"]) == ("ticket.finished", accepted.case_id)


def test_no_result_no_pickup_and_no_stranger(
    serving_kit: Any, clerk: Clerk, accepted: Case, citizen: Person, templates: Any
) -> None:
    card = form(serving_kit, PICK_UP, citizen, number=accepted.case_no)
    with pytest.raises(ActRefused) as caught:
        hand_out_result(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert caught.value.reason is ActRefusal.NOT_READY_FOR_PICKUP
    ready_for_pickup(serving_kit, accepted)
    stranger = form(serving_kit, PICK_UP, replace(citizen, number="990101198511120029"), number=accepted.query_code)
    with pytest.raises(ActRefused) as caught:
        hand_out_result(serving_kit.store, serving_kit.clock, templates, stranger, clerk)
    assert caught.value.reason is ActRefusal.NOT_THE_RECEIVER
    with pytest.raises(CardNotReady) as missing:
        hand_out_result(serving_kit.store, serving_kit.clock, templates, form(serving_kit, PICK_UP, citizen), clerk)
    assert missing.value.reasons == (WorkRefusal.NUMBER_NEEDED,)


def test_a_power_cut_keeps_the_form(serving_kit: Any) -> None:
    card = form(serving_kit, REGISTER, topic="建房")
    with serving_kit.store.read() as view:
        assert draft.from_json(draft.to_json(card), view.catalogue()).ending == card.ending


def previewed(kit: Any, clerk: Clerk, templates: Any, card: WorkCard) -> tuple[str, str]:
    document = preview_ending(kit.store, kit.clock, templates, card, clerk)
    return ("", "") if document is None else (document.slip, str(document.blocks))


def test_the_preview_of_a_first_contact_is_its_paper_with_gaps(serving_kit: Any, clerk: Clerk, templates: Any) -> None:
    before = len(serving_kit.operations())
    slip, words = previewed(serving_kit, clerk, templates, form(serving_kit, REGISTER))
    assert slip == "SL-02"
    for part in ("首问登记回执", "办理后生成", "……", "A01窗口 0301号", "2026-11-24 17:00"):
        assert part in words, part
    _, words = previewed(serving_kit, clerk, templates, form(serving_kit, REGISTER, topic="宅基地怎么批", due="today"))
    assert "宅基地怎么批" in words
    assert "2026-11-23 17:00" in words
    assert len(serving_kit.operations()) == before


def test_the_preview_of_a_withdrawal_shows_the_case_once_it_is_named_by_its_person(
    serving_kit: Any, clerk: Clerk, templates: Any, citizen: Person, accepted: Case
) -> None:
    card = form(serving_kit, WITHDRAW, citizen, number=accepted.case_no, reason="later")
    slip, words = previewed(serving_kit, clerk, templates, card)
    assert slip == "SL-08"
    for part in (accepted.case_no, "陈**", "申请人提出以后再办", "办理后生成"):
        assert part in words, part
    assert citizen.name not in words
    assert citizen.number not in words
    half = form(serving_kit, WITHDRAW, citizen, number=accepted.case_no[:9])
    stranger = form(serving_kit, WITHDRAW, replace(citizen, number="990101198001010011"), number=accepted.case_no)
    for other in (half, stranger, form(serving_kit, PICK_UP, citizen, number=accepted.case_no)):
        assert previewed(serving_kit, clerk, templates, other) == ("", "")
