"""F9, F10 收件 and the way back with the missing papers: each one commit, one case number, one frozen list."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, update

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.consultation_paper import consultation_fields
from app.domain.paper.blocks import Hanging, KeyValue, LeftRight, Paragraph, Wrapped, document_from_json
from app.domain.paper.fill import fill
from app.domain.person import Person
from app.domain.visit import Outcome, VisitState
from app.domain.work.card import WorkCard
from app.domain.work.draft import from_json, to_json
from app.domain.work.ending import choose_way, open_menu, value
from app.domain.work.materials import Verdict
from app.domain.work.outcome import NoticeKind, outcome
from app.domain.work.refusal import WorkRefusal, WorkRefused
from app.domain.work.refusing import RefusalField, choose_ground, open_refusal, write
from app.storage.renewal_tables import FORMER_COUNTER
from app.storage.tables import COUNTER_STATE
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.finish_visit import finish_visit
from app.usecases.intake_case import intake_case
from app.usecases.issue_notice import issue_notice
from app.usecases.notice_case import notice_case
from app.usecases.present_paper import is_paper, notice_of, present_paper
from app.usecases.preview_slip import preview_slip
from app.usecases.refuse_case import preview_refusal, refuse_case
from app.usecases.save_draft import restore_draft
from app.usecases.taking_in import CardNotReady, counting
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_case import withdraw_case

DAY_MS = 24 * 3_600_000


def words(document: Any) -> Any:
    return {block.label: block.value for block in document.blocks if isinstance(block, KeyValue)}


def hanging(document: Any) -> Any:
    return [block.text for block in document.blocks if isinstance(block, Hanging)]


def said(document: Any) -> str:
    return "".join(block.text for block in document.blocks if isinstance(block, Paragraph | Wrapped))


def paper(job: Any) -> Any:
    return document_from_json(job.document)


def short_of(card: WorkCard, *lines: int) -> WorkCard:
    """Return the finished card with these lines missing instead."""
    for line in lines:
        card = card.toggle_missing(line)
    return card


@pytest.fixture
def desk(serving_kit: Any, clerk: Clerk, templates: Any) -> Any:
    """Return the arguments every act begins with, and the clerk they end with."""

    def act(verb: Any, card: WorkCard, by: Clerk = clerk) -> Any:
        return verb(serving_kit.store, serving_kit.clock, templates, card, by)

    return act


@pytest.fixture
def noticed(desk: Any, ready_card: Any) -> Any:
    """The food licence lacks two materials: missing, and one with a published fault."""
    return desk(notice_case, short_of(ready_card("ITM-02"), 3, 4).turn_reason("M4", 1))


def come_back(kit: Any, clerk: Clerk, number: str) -> WorkCard:
    finish_visit(kit.store, kit.clock, clerk)
    visit = present_paper(kit.store, kit.clock, number, clerk)
    card = restore_draft(kit.store, visit.visit_id)
    assert card is not None
    return card


# F9 after verdicts


def test_a_supplement_notice_is_one_commit_with_case_operation_and_paper(
    desk: Any, serving_kit: Any, ready_card: Any, commits: Any
) -> None:
    card = short_of(ready_card("ITM-02"), 3)
    with commits(serving_kit.database) as seen:
        done = desk(notice_case, card)
    assert len(seen) == 1
    assert (done.case.state, done.visit.outcome) == (CaseState.SUPPLEMENT_NOTICED, Outcome.NOTICED)
    assert done.visit.state is VisitState.ISSUED
    with serving_kit.store.read() as view:
        assert view.case(done.case.case_id) == done.case
        assert view.noticed_cases() == [done.case]
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.base_rev) == ("case.noticed", None)
    assert operation.payload["notice"] == done.case.notice


def test_the_notice_freezes_the_whole_list_and_starts_no_clock(noticed: Any) -> None:
    case = noticed.case
    assert (case.promised_due, case.statutory_due, case.notice_due) == (None, None, None)
    assert [(each["material"], each["verdict"]) for each in case.notice["lines"]] == [
        ("M3", "missing"),
        ("M4", "defective"),
    ]
    assert (case.notice["keep_until"], case.notice["count"]) == ("2027-01-22", 1)
    assert case.doc_no == "示食许补〔2026〕0003-0001号"


def test_the_supplement_paper_says_every_fault_and_how_it_is_mended(noticed: Any) -> None:
    document = paper(noticed.job)
    lines = hanging(document)
    assert lines[0].endswith("操作流程等文件【未提交】")
    assert lines[1:3] == ["没有提交", "请这样补：交原件1份，窗口有样本"]
    assert lines[4:] == ["缺食品安全事故处置制度", "请这样补：补列该制度名称，可参照窗口样本"]
    assert "第三十二条第一款第（四）项" in said(document)
    assert "其余1项材料已符合要求" in said(document)
    fields = words(document)
    assert fields["补正方式"] == "到一楼东区A01窗口，出示本告知书"
    assert fields["补正期限"].startswith("建议2027年1月22日以前")
    assert fields["办件编号"] == noticed.case.case_no


def test_where_all_materials_go_back_the_notice_says_so(desk: Any, ready_card: Any) -> None:
    done = desk(notice_case, short_of(ready_card("ITM-01"), 3))
    text = said(paper(done.job))
    assert "您交来的全部材料（个体工商户登记（备案）申请书原件1份）已经退还" in text
    assert "补齐全部材料之日" not in text


def test_a_notice_that_forgets_something_cannot_be_made(desk: Any, ready_card: Any, serving_kit: Any) -> None:
    card = ready_card("ITM-02")
    half = replace(card, marks={}).toggle_missing(3)
    before = len(serving_kit.operations())
    for spoiled, reason in (
        (half, WorkRefusal.MATERIALS_OPEN),
        (card, WorkRefusal.NOTHING_MISSING),
        (replace(short_of(card, 3), applicant=None), WorkRefusal.NO_APPLICANT),
    ):
        with pytest.raises(CardNotReady) as caught:
            desk(notice_case, spoiled)
        assert reason in caught.value.reasons
    assert len(serving_kit.operations()) == before


def test_the_pane_shows_the_notice_masked_while_something_is_missing(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    shown = preview_slip(serving_kit.store, serving_kit.clock, templates, short_of(ready_card("ITM-02"), 3), clerk)
    assert shown is not None
    assert shown.title == "补正材料告知书"
    assert Wrapped("陈**：") in shown.blocks
    whole = preview_slip(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    assert whole is not None
    assert whole.title == "受理通知书"


# F9 before any verdict


@pytest.fixture
def asked(serving_kit: Any) -> WorkCard:
    """Somebody asks about the food licence; nothing was handed over."""
    with serving_kit.store.read() as view:
        catalogue = view.catalogue()
    card = WorkCard(None, "A012", "A", catalogue.version, catalogue.items_of_business("A"))
    return card.choose_item("ITM-02").accept_answers()


def test_before_any_paper_the_notice_begins_no_case(desk: Any, serving_kit: Any, asked: WorkCard) -> None:
    done = desk(issue_notice, asked)
    assert done.number == "GZ20261123-0003-0001"
    assert (done.visit.outcome, done.visit.case_id) == (Outcome.INFORMED, None)
    with serving_kit.store.read() as view:
        assert view.open_cases(10) == []
        assert [each.job_id for each in view.print_jobs_of(done.visit.visit_id)] == [done.job.job_id]
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.entity_id) == ("notice.issued", done.number)


def test_the_one_time_notice_is_the_whole_published_list(desk: Any, asked: WorkCard) -> None:
    document = paper(desk(issue_notice, asked).job)
    assert LeftRight("单号：GZ20261123-0003-0001", "2026-11-23 09:00") in document.blocks
    fields = words(document)
    assert fields["您的情形"] == "食品销售经营者；只卖预包装食品：否；利用自动设备经营：否；本人"
    assert fields["事项类型"] == "行政许可（承诺件）"
    lines = hanging(document)
    assert lines[4] == "食品经营许可证申请书【必要】原件1份；自备，窗口有空白表和样表"
    assert sum("【" in line for line in lines) == 3
    assert "免于提交（由我们联网核验）：营业执照或者其他主体资格证明" in said(document)
    assert "法定10个工作日；承诺8个工作日" in said(document)
    assert "六、办理地点：一楼东区A01-A06窗口" in said(document)


def test_the_same_answers_give_the_same_list(desk: Any, asked: WorkCard, serving_kit: Any, clerk: Clerk) -> None:
    first = desk(issue_notice, asked)
    assert finish_visit(serving_kit.store, serving_kit.clock, clerk).outcome is Outcome.INFORMED
    walk_in(serving_kit.store, serving_kit.clock, clerk)
    second = desk(issue_notice, asked)
    assert second.number == "GZ20261123-0003-0002"
    assert hanging(paper(first.job)) == hanging(paper(second.job))


def test_after_a_verdict_the_paper_is_the_other_one(desk: Any, ready_card: Any, asked: WorkCard) -> None:
    for verb, card in ((issue_notice, short_of(ready_card("ITM-02"), 3)), (notice_case, asked)):
        with pytest.raises(ActRefused) as caught:
            desk(verb, card)
        assert caught.value.reason is ActRefusal.OTHER_OUTCOME


def test_every_item_of_the_demo_fills_its_one_time_notice(serving_kit: Any, templates: Any, clerk: Clerk) -> None:
    with serving_kit.store.read() as view:
        catalogue, at = view.catalogue(), counting(view, serving_kit.clock, clerk, view.open_visit())
    for item in catalogue.items.values():
        card = WorkCard(None, "A012", "", catalogue.version, (item,)).accept_item().accept_answers()
        document = fill(templates["SL-03"], consultation_fields(card, catalogue, at, "GZ20261123-0003-0001", "a" * 32))
        assert words(document)["事项名称"] == item.name


# F10 收件


@pytest.fixture
def helper(serving_kit: Any, clerk: Clerk) -> Clerk:
    """The same counter stands at the helpers' window, which only takes papers in."""
    return replace(clerk, number="0323", items=("*",), windows=("D02",))


def move_to_window(kit: Any, window: str) -> None:
    with kit.database.write() as connection:
        connection.execute(update(COUNTER_STATE).values(window=window))


def test_taking_papers_in_starts_the_five_days(desk: Any, serving_kit: Any, ready_card: Any, helper: Clerk) -> None:
    move_to_window(serving_kit, "D02")
    done = desk(intake_case, ready_card("ITM-02"), helper)
    case = done.case
    assert (case.state, case.notice_due, case.promised_due) == (CaseState.RECEIVED, "2026-11-30", None)
    assert done.visit.outcome is Outcome.RECEIVED
    assert serving_kit.operations()[-1].kind == "case.received"
    document = paper(done.job)
    assert document.title == "收件凭证"
    assert hanging(document)[0] == "食品经营许可证申请书 原件1份"
    assert "最迟于2026年11月30日告知您" in said(document)
    assert "自收到材料之日起即为受理" in said(document)


def test_only_a_licence_is_accepted_by_silence(desk: Any, serving_kit: Any, helper: Clerk, citizen: Person) -> None:
    move_to_window(serving_kit, "D02")
    with serving_kit.store.read() as view:
        catalogue = view.catalogue()
    card = WorkCard(None, "H001", "H", catalogue.version, (catalogue.items["ITM-09"],))
    card = card.accept_item().seat(citizen).accept_answers().mark_rest_ok()
    text = said(paper(desk(intake_case, card, helper).job))
    assert "自收到材料之日起即为受理" not in text
    assert "依据：" in text


# back with the papers


def test_the_notice_opens_the_case_with_only_the_missing_lines_open(
    serving_kit: Any, clerk: Clerk, noticed: Any
) -> None:
    card = come_back(serving_kit, clerk, f"ZW1:{noticed.case.case_no}")
    assert [each.line.material.id for each in card.materials.states() if each.open] == ["M3", "M4"]
    assert card.item is not None
    assert card.item.id == "ITM-02"
    assert card.applicant is not None
    with serving_kit.store.read() as view:
        assert from_json(to_json(card), view.catalogue()) == card


def test_where_all_went_back_all_is_looked_at_again(desk: Any, serving_kit: Any, ready_card: Any, clerk: Clerk) -> None:
    done = desk(notice_case, short_of(ready_card("ITM-01"), 3))
    card = come_back(serving_kit, clerk, done.case.doc_no)
    assert [each.line.material.id for each in card.materials.states() if each.open] == ["M1", "M3"]


def test_with_the_papers_the_case_is_accepted_under_its_own_number(
    desk: Any, serving_kit: Any, clerk: Clerk, noticed: Any, commits: Any
) -> None:
    serving_kit.clock.advance(DAY_MS)
    card = come_back(serving_kit, clerk, noticed.case.case_no).mark_rest_ok()
    with commits(serving_kit.database) as seen:
        done = desk(accept_case, card)
    assert len(seen) == 1
    assert (done.case.case_id, done.case.case_no) == (noticed.case.case_id, noticed.case.case_no)
    assert (done.case.state, done.case.rev) == (CaseState.ACCEPTED, 3)
    assert done.case.doc_no == "示食许受〔2026〕0003-0001号"
    assert done.case.notice == noticed.case.notice
    assert done.case.rating_token != noticed.case.rating_token
    kinds = [(each.kind, each.base_rev, each.payload["rev"]) for each in serving_kit.operations()[-2:]]
    assert kinds == [("case.supplemented", 1, 2), ("case.accepted", 2, 3)]
    with serving_kit.store.read() as view:
        assert view.noticed_cases() == []


def test_a_case_number_stays_with_the_counter_that_counted_it(
    desk: Any, serving_kit: Any, clerk: Clerk, noticed: Any
) -> None:
    with serving_kit.database.write() as connection:  # the store was made anew meanwhile, and registered again
        was = {"incarnation": "store-before", "device": "A01", "counter": noticed.case.counter}
        connection.execute(insert(FORMER_COUNTER), was)
        connection.execute(update(COUNTER_STATE).values(counter="0042"))
    done = desk(accept_case, come_back(serving_kit, clerk, noticed.case.case_no).mark_rest_ok())
    assert done.case.counter == noticed.case.counter != "0042"
    assert [each.payload["counter"] for each in serving_kit.operations()[-2:]] == [noticed.case.counter] * 2


def test_still_short_gets_the_same_list_again_and_nothing_new(
    desk: Any, serving_kit: Any, clerk: Clerk, noticed: Any
) -> None:
    card = come_back(serving_kit, clerk, noticed.case.case_no)
    with pytest.raises(WorkRefused) as caught:
        card.toggle_missing(1)
    assert caught.value.reason is WorkRefusal.NOT_IN_NOTICE
    card = card.mark("M3", Verdict.DEFECTIVE, "第二页看不清").mark_rest_ok()
    again = desk(notice_case, card)
    assert (again.case.rev, again.case.notice["count"]) == (2, 2)
    assert again.case.doc_no == "示食许补〔2026〕0003-0002号"
    assert [each["material"] for each in again.case.notice["lines"]] == ["M3", "M4"]
    lines = hanging(paper(again.job))
    assert lines[1:] == ["第二页看不清", "请这样补：改正后交原件1份，窗口有样本"]
    assert again.case.first_clerk == noticed.case.first_clerk
    assert [
        each.line.material.id
        for each in come_back(serving_kit, clerk, again.case.case_no).materials.states()
        if each.open
    ] == ["M3"]


def test_a_closed_notice_opens_nothing(desk: Any, serving_kit: Any, clerk: Clerk, noticed: Any) -> None:
    card = come_back(serving_kit, clerk, noticed.case.case_no).mark_rest_ok()
    desk(accept_case, card)
    finish_visit(serving_kit.store, serving_kit.clock, clerk)
    for number in (noticed.case.case_no, "9901-0003-20261123-0099-1", "ZW1:"):
        with pytest.raises(ActRefused) as caught:
            present_paper(serving_kit.store, serving_kit.clock, number, clerk)
        assert caught.value.reason is ActRefusal.UNKNOWN_NOTICE


def test_whoever_has_an_open_notice_is_found_by_their_card(
    serving_kit: Any, clerk: Clerk, noticed: Any, citizen: Person
) -> None:
    with serving_kit.store.read() as view:
        card = notice_of(view, citizen, noticed.visit, view.catalogue())
        other = notice_of(view, replace(citizen, number="990101198511120029"), noticed.visit, view.catalogue())
    assert card is not None
    assert card.supplement is not None
    assert card.supplement.case_no == noticed.case.case_no
    assert other is None


def test_a_notice_is_told_apart_from_a_ticket() -> None:
    assert is_paper("ZW1:9901-0003-20261123-0017-4")
    assert is_paper("示食许补〔2026〕0003-0042号")
    assert not is_paper("A012")
    assert not is_paper("W03-001")
    assert not is_paper("")


def test_a_card_that_came_back_is_still_ready_for_a_supplement_notice_only(
    serving_kit: Any, clerk: Clerk, desk: Any, ready_card: Any
) -> None:
    done = desk(notice_case, short_of(ready_card("ITM-01"), 1, 3))
    card = come_back(serving_kit, clerk, done.case.case_no)
    with serving_kit.store.read() as view:
        possible = outcome(card, view.catalogue().windows["A01"].authority)
    assert possible.notice is NoticeKind.SUPPLEMENT


# 容缺


def test_a_deferred_material_has_its_day_in_case_and_paper(
    desk: Any, serving_kit: Any, ready_card: Any, clerk: Clerk, citizen: Person
) -> None:
    move_to_window(serving_kit, "A07")
    with serving_kit.store.read() as view:
        catalogue = view.catalogue()
    card = WorkCard(None, "F001", "F", catalogue.version, catalogue.items_of_business("F"))
    card = card.accept_item().seat(citizen).accept_answers().mark("M4", Verdict.DEFERRED).mark("M3a", Verdict.OK)
    card = card.mark_rest_ok()
    for field in card.form.to_fill():
        card = card.fill(field.name, "91990101MA0DEM002P" if field.max_length == 18 else "某某运输")
    done = desk(accept_case, card.finish_form(), replace(clerk, items=("ITM-08",)))
    assert done.case.deferred == {"M4": "2026-11-27"}
    assert done.case.promised_due == "2026-11-30"
    document = paper(done.job)
    (line,) = hanging(document)
    assert line.endswith("从业资格证复印件（复印件1份），最迟2026年11月27日补齐")
    assert "材料齐全" not in said(document).replace("主要材料齐全", "")


def refused_card(kit: Any, clerk: Clerk, number: str) -> WorkCard:
    card = choose_ground(open_refusal(come_back(kit, clerk, number)), 1)
    return write(card, RefusalField.REASON, "只卖预包装食品，备案就可以")


def test_who_came_back_is_refused_under_their_own_number(
    desk: Any, serving_kit: Any, clerk: Clerk, noticed: Any, commits: Any
) -> None:
    serving_kit.clock.advance(DAY_MS)
    card = refused_card(serving_kit, clerk, noticed.case.case_no)
    shown = desk(preview_refusal, card)
    assert "2026年11月23日" in str(shown.blocks)
    with commits(serving_kit.database) as seen:
        done = desk(refuse_case, card)
    assert len(seen) == 1
    assert (done.case.case_id, done.case.case_no) == (noticed.case.case_id, noticed.case.case_no)
    assert (done.case.state, done.case.rev, done.visit.outcome) == (CaseState.REFUSED, 2, Outcome.REFUSED)
    assert (done.case.notice, done.case.received_on) == (noticed.case.notice, noticed.case.received_on)
    assert done.case.doc_no == "示食许不受〔2026〕0003-0001号"
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.base_rev, operation.payload["rev"]) == ("case.refused", 1, 2)
    with serving_kit.store.read() as view:
        assert view.noticed_cases() == []


def test_who_came_back_takes_the_case_of_the_notice_back(
    desk: Any, serving_kit: Any, clerk: Clerk, noticed: Any
) -> None:
    card = choose_way(open_menu(come_back(serving_kit, clerk, noticed.case.case_no)), 5)
    assert value(card, "number") == noticed.case.case_no
    done = desk(withdraw_case, card)
    assert (done.case.case_id, done.case.state, done.case.rev) == (noticed.case.case_id, CaseState.WITHDRAWN, 2)
    assert serving_kit.operations()[-1].base_rev == 1
    assert value(choose_way(card, 4), "number") == ""
