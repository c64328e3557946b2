"""The work card, key by key (each call is one key of the flows)."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.form import FieldFault
from app.domain.catalogue.organisation import Authority
from app.domain.person import Person, PersonSource, Slot
from app.domain.work.card import UNDO_STEPS, Section, WorkCard
from app.domain.work.draft import DraftError, from_json, to_json
from app.domain.work.materials import Verdict
from app.domain.work.outcome import NoticeKind, current_section, outcome
from app.domain.work.refusal import WorkRefusal, WorkRefused

CHEN = Person(
    name="陈某某",
    number="990101199003070015",
    card_type="resident",
    source=PersonSource.CARD,
    read_at_ms=1_795_330_000_000,
    address="示范县人民路8号",
    birth_date="1990-03-07",
    sex="男",
    ethnicity="汉",
)
SUN = Person("孙某某", "990101197808250049", "resident", PersonSource.CARD, 1_795_330_060_000)


@pytest.fixture
def card(demo_catalogue: Catalogue) -> WorkCard:
    """A023 was called; business A covers two items."""
    return WorkCard("T1", "A023", "A", demo_catalogue.version, demo_catalogue.items_of_business("A"))


@pytest.fixture
def shop(card: WorkCard) -> WorkCard:
    """陈某某 sets up a shop; the first item of the ticket, every situation pre-answered."""
    return card.seat(CHEN).accept_item().accept_answers()


@pytest.fixture
def ready(shop: WorkCard) -> WorkCard:
    """Everything there and filled in."""
    card = shop.mark_rest_ok()
    for name, value in {"trade_name": "示范县某某小吃店", "business_scope": "小吃服务", "capital": "3"}.items():
        card = card.fill(name, value)
    return card.finish_form()


def verdicts(card: WorkCard) -> dict[str, Verdict | None]:
    return {each.line.material.id: each.mark and each.mark.verdict for each in card.materials.states()}


def refusal(key: Callable[..., WorkCard], *arguments: object, **options: object) -> WorkRefusal:
    with pytest.raises(WorkRefused) as refused:
        key(*arguments, **options)
    return refused.value.reason


# the flows


def test_the_ordinary_flow_opens_one_section_after_the_other(card: WorkCard) -> None:
    assert current_section(card) is Section.ITEM
    card = card.seat(CHEN).accept_item()
    assert card.item.id == "ITM-01"
    assert current_section(card) is Section.SITUATIONS
    for digit in (1, 1, 1, 2):
        card = card.answer(digit)
    assert card.answers == {"agent": "本人", "pre_approval": "没有", "family": "个人经营", "premises": "租用"}
    assert current_section(card) is Section.MATERIALS
    assert verdicts(card) == {"M1": None, "M2": Verdict.OK, "M3": None}
    card = card.mark_rest_ok()
    assert set(verdicts(card).values()) == {Verdict.OK}
    assert current_section(card) is Section.FORM
    assert [each.short for each in card.form.to_fill()] == ["字号", "经营范围", "资金数额"]
    card = card.fill("trade_name", "示范县某某小吃店").fill("business_scope", "小吃服务").fill("capital", "3")
    assert current_section(card) is Section.FORM
    assert outcome(card, Authority.COMPLETE).act_possible
    assert current_section(card.finish_form()) is Section.OUTCOME


def test_the_food_licence_is_accepted_not_completed(card: WorkCard) -> None:
    card = card.seat(CHEN).choose_item("ITM-02").accept_answers()
    assert verdicts(card) == {"M1": None, "M2": Verdict.EXEMPT, "M3": None, "M4": None}
    card = card.mark_rest_ok()
    assert [each.short for each in card.form.to_fill()] == ["经营者名称", "经营项目", "电话"]
    card = card.fill("operator_name", "某某小吃店").fill("food_projects", "热食类食品制售").fill("phone", "15400000001")
    end = outcome(card, Authority.COMPLETE)
    assert (end.act, end.act_refusals) == (Authority.ACCEPT, ())


def test_the_instant_item_is_completed_where_the_window_may(ready: WorkCard) -> None:
    assert outcome(ready, Authority.COMPLETE).act is Authority.COMPLETE
    assert outcome(ready, Authority.ACCEPT).act is Authority.ACCEPT
    assert outcome(ready, Authority.INTAKE).act is Authority.INTAKE


def test_a_notice_needs_every_line_decided_and_one_missing(shop: WorkCard) -> None:
    card = shop.toggle_missing(3)
    assert outcome(card, Authority.COMPLETE).notice_refusals == (WorkRefusal.MATERIALS_OPEN,)
    card = card.mark_rest_ok()
    end = outcome(card, Authority.COMPLETE)
    assert (end.notice, end.notice_possible) == (NoticeKind.SUPPLEMENT, True)
    assert WorkRefusal.MATERIALS_MISSING in end.act_refusals
    assert current_section(card) is Section.MATERIALS


def test_before_any_verdict_the_notice_is_the_consultation_one(shop: WorkCard) -> None:
    end = outcome(shop, Authority.COMPLETE)
    assert (end.notice, end.notice_possible) == (NoticeKind.CONSULTATION, True)


def test_nothing_missing_gives_no_notice(ready: WorkCard) -> None:
    assert outcome(ready, Authority.COMPLETE).notice_refusals == (WorkRefusal.NOTHING_MISSING,)


def test_an_empty_card_says_what_it_wants_first(card: WorkCard) -> None:
    end = outcome(card, Authority.COMPLETE)
    assert end.act_refusals[0] is WorkRefusal.NO_ITEM
    assert end.notice_refusals == (WorkRefusal.NO_ITEM,)
    assert outcome(card.accept_item(), Authority.COMPLETE).act_refusals[0] is WorkRefusal.SITUATIONS_OPEN


def test_without_an_applicant_nothing_is_accepted(ready: WorkCard, card: WorkCard) -> None:
    assert outcome(ready, Authority.COMPLETE).act_possible
    nobody = card.accept_item().accept_answers().mark_rest_ok()
    assert WorkRefusal.NO_APPLICANT in outcome(nobody, Authority.COMPLETE).act_refusals


def test_prepacked_food_needs_no_licence(card: WorkCard) -> None:
    card = card.seat(CHEN).choose_item("ITM-02").answer(1).answer(2).accept_answers()
    reason, exclusion = card.exclusion
    assert (reason, exclusion.tell) == (WorkRefusal.NOT_NEEDED, "不需要许可，到本窗口办理备案")
    assert reason in outcome(card, Authority.ACCEPT).act_refusals


def test_dangerous_goods_are_another_organs(demo_catalogue: Catalogue) -> None:
    card = WorkCard("T2", "F001", "F", 1, demo_catalogue.items_of_business("F")).accept_item().answer(1).answer(2)
    assert card.exclusion[0] is WorkRefusal.NOT_OURS


# situations


def test_a_digit_beyond_the_options_is_refused(card: WorkCard) -> None:
    card = card.accept_item()
    assert refusal(card.answer, 3) is WorkRefusal.NO_SUCH_OPTION
    assert refusal(card.answer, 0) is WorkRefusal.NO_SUCH_OPTION
    assert refusal(card.accept_answers().answer, 1) is WorkRefusal.NO_SUCH_OPTION


def test_enter_answers_only_what_is_open(card: WorkCard) -> None:
    assert card.accept_item().answer(2).accept_answers().answers["agent"] == "委托"


def test_changing_an_answer_keeps_what_is_valid_and_asks_for_another_look_at_the_rest(shop: WorkCard) -> None:
    card = shop.mark_rest_ok().fill("trade_name", "某某小吃店").open_section(Section.SITUATIONS)
    assert card.current_question.key == "agent"
    card = card.answer(1).answer(1).answer(2).answer(2)
    assert verdicts(card) == {"M1": Verdict.OK, "M2": Verdict.OK, "M3": Verdict.OK, "M6": None}
    assert [each.line.material.id for each in card.materials.states() if each.recheck] == ["M3"]
    assert card.typed == {"trade_name": "某某小吃店"}
    assert WorkRefusal.RECHECK in outcome(card, Authority.COMPLETE).act_refusals
    assert current_section(card) is Section.MATERIALS
    card = card.mark_rest_ok()
    assert not any(each.open for each in card.materials.states())


def test_a_material_no_longer_due_leaves_the_list(card: WorkCard) -> None:
    card = (
        card.accept_item().accept_answers().open_section(Section.SITUATIONS).answer(2).accept_answers().mark_rest_ok()
    )
    assert "M4" in verdicts(card)
    card = card.open_section(Section.SITUATIONS).answer(1).accept_answers()
    assert "M4" not in verdicts(card)
    assert "M4" not in card.marks


def test_a_typed_field_that_followed_an_answer_wants_another_look(shop: WorkCard) -> None:
    card = shop.fill("composition", "个人经营").open_section(Section.SITUATIONS).answer(1).answer(1).answer(2).answer(1)
    assert card.recheck_fields == {"composition"}
    assert card.fill("composition", "家庭经营").recheck_fields == frozenset()


def test_another_item_of_the_ticket_keeps_people_and_common_answers(shop: WorkCard) -> None:
    card = shop.mark_rest_ok().open_section(Section.ITEM).choose_item("ITM-02")
    assert card.applicant == CHEN
    assert card.answers == {"agent": "本人"}
    assert card.marks == {}
    assert card.current_question.key == "biz"


def test_only_items_of_the_ticket_can_be_chosen(card: WorkCard) -> None:
    assert refusal(card.choose_item, "ITM-03") is WorkRefusal.NOT_A_CANDIDATE
    assert refusal(card.open_section, Section.FORM) is WorkRefusal.NO_ITEM


# materials


def test_a_missing_line_turns_through_its_published_reasons(shop: WorkCard) -> None:
    card = shop.toggle_missing(3)
    assert card.marks["M3"].verdict is Verdict.MISSING
    card = card.turn_reason("M3", 1)
    assert (card.marks["M3"].verdict, card.marks["M3"].reason) == (Verdict.DEFECTIVE, "租赁合同未到签名页")
    card = card.turn_reason("M3", -1).turn_reason("M3", -1)
    assert card.marks["M3"].reason == "合同起止日期已过"
    assert card.turn_reason("M3", 1).marks["M3"].verdict is Verdict.MISSING


def test_a_digit_twice_takes_the_missing_back(shop: WorkCard) -> None:
    assert verdicts(shop.toggle_missing(1).toggle_missing(1))["M1"] is None


def test_shared_data_is_asked_for_only_after_a_failed_check(shop: WorkCard) -> None:
    assert refusal(shop.toggle_missing, 2) is WorkRefusal.SHARED_MATERIAL
    card = shop.mark("M2", Verdict.MISSING, check_failed=True)
    assert card.materials.states()[1].short


def test_an_expired_card_is_a_fault_of_shared_data_too(shop: WorkCard) -> None:
    assert shop.turn_reason("M2", 1).marks["M2"].reason == "证件过期"


@pytest.mark.parametrize(
    ("material", "verdict", "reason"),
    [
        ("M3", Verdict.DEFERRED, WorkRefusal.NOT_DEFERRABLE),
        ("M3", Verdict.EXEMPT, WorkRefusal.NOT_SHARED),
        ("M3", Verdict.DEFECTIVE, WorkRefusal.REASON_NEEDED),
        ("M4", Verdict.OK, WorkRefusal.NO_SUCH_MATERIAL),
        ("M99", Verdict.MISSING, WorkRefusal.NO_SUCH_MATERIAL),
    ],
)
def test_what_the_published_list_does_not_allow_is_refused(
    shop: WorkCard, material: str, verdict: Verdict, reason: WorkRefusal
) -> None:
    assert refusal(shop.mark, material, verdict) is reason


def test_a_deferrable_material_may_come_later_but_then_nothing_is_completed(demo_catalogue: Catalogue) -> None:
    card = (
        WorkCard("T3", "F001", "F", 1, demo_catalogue.items_of_business("F")).seat(CHEN).accept_item().accept_answers()
    )
    card = card.mark("M4", Verdict.DEFERRED).mark_rest_ok()
    assert verdicts(card)["M4"] is Verdict.DEFERRED
    assert WorkRefusal.MATERIALS_MISSING not in outcome(card, Authority.COMPLETE).act_refusals
    assert outcome(card, Authority.COMPLETE).act is Authority.ACCEPT


def test_taking_papers_in_does_not_wait_for_what_is_missing(ready: WorkCard) -> None:
    card = ready.toggle_missing(3)
    assert outcome(card, Authority.INTAKE).act_possible
    assert not outcome(card, Authority.COMPLETE).act_possible


def test_an_item_without_questions_goes_straight_to_its_materials(demo_catalogue: Catalogue) -> None:
    card = WorkCard("T4", "E001", "E", 1, demo_catalogue.items_of_business("E")).choose_item("ITM-12")
    assert current_section(card) is Section.MATERIALS


def test_the_clerks_own_words_about_a_material_are_short(shop: WorkCard) -> None:
    assert shop.mark("M3", Verdict.DEFECTIVE, "第二页看不清").marks["M3"].reason == "第二页看不清"
    assert refusal(shop.mark, "M3", Verdict.DEFECTIVE, "字" * 201) is WorkRefusal.REASON_TOO_LONG


# the form


def test_the_card_fills_the_form_and_typing_overrules_it(shop: WorkCard) -> None:
    assert shop.form.values()["operator_name"] == "陈某某"
    assert shop.form.values()["operator_ethnicity"] == "汉"
    assert shop.form.values()["premises_kind"] == "自有"
    assert shop.form.values()["employees"] == "1"
    assert shop.fill("premises", "示范县东街2号").form.values()["premises"] == "示范县东街2号"
    assert shop.form.brought_in() == 6


def test_a_wrong_value_is_shown_and_blocks_the_outcome(ready: WorkCard) -> None:
    card = ready.fill("phone", "123")
    assert [(each.field, each.fault) for each in card.form.problems()] == [("phone", FieldFault.PATTERN)]
    assert outcome(card, Authority.COMPLETE).act_refusals == (WorkRefusal.FORM_INVALID,)


def test_a_field_that_is_not_in_the_form_takes_nothing(shop: WorkCard) -> None:
    assert refusal(shop.fill, "salary", "1") is WorkRefusal.NO_SUCH_FIELD


# people


def test_another_persons_card_never_replaces_the_applicant(shop: WorkCard) -> None:
    assert refusal(shop.seat, SUN) is WorkRefusal.ANOTHER_PERSON
    assert shop.seat(CHEN).applicant == CHEN


def test_the_second_card_is_the_agents_once_somebody_acts_for_the_applicant(card: WorkCard) -> None:
    card = card.seat(CHEN).accept_item().answer(2)
    assert card.who_is_who
    card = card.seat(SUN)
    assert (card.applicant, card.acting_agent, card.who_is_who) == (CHEN, SUN, False)
    assert card.form.values()["agent_name"] == "孙某某"


def test_a_card_read_after_the_answer_is_that_of_the_one_standing_here(card: WorkCard) -> None:
    card = card.accept_item().answer(2).seat(SUN)
    assert (card.applicant, card.agent) == (None, SUN)
    assert card.seat(SUN).seat(CHEN).applicant == CHEN


def test_a_card_read_before_an_agent_was_spoken_of_has_to_be_settled(card: WorkCard) -> None:
    card = card.seat(SUN).accept_item().answer(2)
    assert WorkRefusal.WHO_IS_WHO in outcome(card.accept_answers(), Authority.COMPLETE).act_refusals
    assert card.seat(SUN).who_is_who
    assert not card.seat(SUN, Slot.APPLICANT).who_is_who
    assert card.form.values()["operator_name"] == ""
    assert verdicts(card.accept_answers())["M2"] is Verdict.EXEMPT
    swapped = card.settle_who(Slot.AGENT)
    assert (swapped.applicant, swapped.agent, swapped.who_is_who) == (None, SUN, False)
    kept = card.settle_who(Slot.APPLICANT)
    assert (kept.applicant, kept.who_is_who) == (SUN, False)
    assert WorkRefusal.NO_AGENT in outcome(kept.accept_answers(), Authority.COMPLETE).act_refusals


def test_an_agent_counts_only_while_the_answers_say_so(card: WorkCard) -> None:
    card = card.accept_item().answer(2).seat(SUN).open_section(Section.SITUATIONS).answer(1).accept_answers()
    assert card.acting_agent is None
    assert card.form.values()["agent_name"] == ""
    assert card.seat(CHEN).applicant == CHEN


def test_no_name_or_number_shows_in_a_repr(ready: WorkCard) -> None:
    assert "陈" not in repr(ready)
    assert CHEN.number not in repr(CHEN)
    assert "陈" not in repr(ready.form)


# undo and the journal


def test_undo_takes_back_verdicts_and_answers_but_not_typing(shop: WorkCard) -> None:
    card = shop.mark_rest_ok().fill("capital", "3").undo()
    assert verdicts(card)["M1"] is None
    assert card.typed == {"capital": "3"}
    assert card.undo().answers == {}
    assert card.undo().undo().item is None
    assert refusal(card.undo().undo().undo) is WorkRefusal.NOTHING_TO_UNDO


def test_undo_remembers_twenty_steps(shop: WorkCard) -> None:
    card = shop
    for _ in range(UNDO_STEPS + 5):
        card = card.toggle_missing(1)
    assert len(card.past) == UNDO_STEPS
    assert all(each.past == () for each in card.past)


def test_a_draft_comes_back_as_it_was(ready: WorkCard, demo_catalogue: Catalogue) -> None:
    for card in (ready, ready.toggle_missing(3).turn_reason("M3", 1).open_section(Section.SITUATIONS)):
        assert from_json(to_json(card), demo_catalogue) == card


def test_under_a_new_catalogue_version_every_verdict_wants_another_look(
    ready: WorkCard, demo_catalogue: Catalogue
) -> None:
    card = from_json({**to_json(ready), "catalogue_version": 0}, demo_catalogue)
    assert card.recheck_materials == ready.marks.keys()
    assert card.catalogue_version == demo_catalogue.version


@pytest.mark.parametrize(
    "spoiled",
    [
        {"marks": {"M1": {"verdict": "fine", "reason": "", "check_failed": False}}},
        {"typed": {"x": 1}},
        {"typed": {"x": "y" * 3000}},
        {"applicant": {"name": "x"}},
        {"answers": []},
        {"opened": 9},
        {"candidates": None},
        {"item": 3},
    ],
)
def test_a_spoiled_draft_is_refused(ready: WorkCard, demo_catalogue: Catalogue, spoiled: dict[str, Any]) -> None:
    with pytest.raises(DraftError):
        from_json({**to_json(ready), **spoiled}, demo_catalogue)
