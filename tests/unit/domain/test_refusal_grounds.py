"""The closed list of grounds, the laws they cite, and the words that a citizen must not read."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.gate import check
from app.domain.catalogue.problem import GateCode
from app.domain.courtesy import unkind
from app.domain.refusal_grounds import GroundKind, LawLapsed, basis_of, grounds
from app.domain.work.card import WorkCard
from app.domain.work.refusal import WorkRefusal, WorkRefused
from app.domain.work.refusing import RefusalField, choose_ground, chosen_case, hindrances, open_refusal, write

TODAY = date(2026, 11, 23)


def opened(catalogue: Catalogue, item_id: str, *answers: int) -> WorkCard:
    card = WorkCard(None, "F001", "F", catalogue.version, (catalogue.items[item_id],)).accept_item()
    for digit in answers:
        card = card.answer(digit)
    return open_refusal(card)


def test_a_licence_is_refused_on_the_closed_list_only(demo_catalogue: Catalogue) -> None:
    listed = grounds(demo_catalogue.items["ITM-08"], {})
    assert [each.kind for each in listed] == [GroundKind.NOT_NEEDED, GroundKind.NOT_OURS, GroundKind.INCOMPLETE]
    assert [each.refusable for each in listed] == [True, True, False]


def test_missing_papers_are_no_ground(demo_catalogue: Catalogue) -> None:
    with pytest.raises(WorkRefused) as caught:
        choose_ground(opened(demo_catalogue, "ITM-08"), 3)
    assert caught.value.reason is WorkRefusal.NOTICE_INSTEAD


def test_another_item_has_its_own_published_list_or_none(demo_catalogue: Catalogue) -> None:
    [ground] = grounds(demo_catalogue.items["ITM-05"], {})
    assert basis_of(ground, ground.cases[0], demo_catalogue, TODAY).own == "《中华人民共和国老年人权益保障法》第二条"
    with pytest.raises(WorkRefused) as caught:
        opened(demo_catalogue, "ITM-06")
    assert caught.value.reason is WorkRefusal.NO_PUBLISHED_GROUND


def test_what_the_answers_prove_is_cited_with_its_law(demo_catalogue: Catalogue) -> None:
    card = choose_ground(opened(demo_catalogue, "ITM-08", 2, 1), 1)
    ground, case = grounds(demo_catalogue.items["ITM-08"], card.answers)[0], chosen_case(card)
    basis = basis_of(ground, case, demo_catalogue, TODAY)
    assert (basis.clause, basis.decision) == ("一", "不受理")
    assert basis.other == "《中华人民共和国道路运输条例》第二十四条第三款"


def test_without_the_answers_nothing_is_claimed(demo_catalogue: Catalogue) -> None:
    assert chosen_case(choose_ground(opened(demo_catalogue, "ITM-08"), 1)) is None


def test_the_same_digit_turns_to_the_next_published_case(demo_catalogue: Catalogue) -> None:
    card = opened(demo_catalogue, "ITM-02", 1, 2)
    names = []
    for _ in range(3):
        card = choose_ground(card, 1)
        case = chosen_case(card)
        names.append(case.name if case else "")
    assert names == ["仅销售预包装食品", "仅销售食用农产品", "仅销售预包装食品"]


def test_a_repealed_law_cannot_be_cited(demo_catalogue: Catalogue) -> None:
    laws = {**demo_catalogue.laws, "DLYS": replace(demo_catalogue.laws["DLYS"], expires=TODAY)}
    card = choose_ground(opened(demo_catalogue, "ITM-08", 2, 1), 1)
    ground = grounds(demo_catalogue.items["ITM-08"], card.answers)[0]
    with pytest.raises(LawLapsed, match="道路运输条例"):
        basis_of(ground, chosen_case(card), replace(demo_catalogue, laws=laws), TODAY)
    without = {key: each for key, each in demo_catalogue.laws.items() if key != "XKF"}
    with pytest.raises(LawLapsed):
        basis_of(ground, None, replace(demo_catalogue, laws=without), TODAY)


@pytest.mark.parametrize(
    ("item", "row", "code"),
    [
        (4, {"case": "x", "tell": "y", "law": "LDRK", "article": "第一条"}, GateCode.LAW_REPEALED),
        (4, {"case": "x", "tell": "y", "law": "NONE", "article": "第一条"}, GateCode.UNKNOWN_REFERENCE),
        (7, {"case": "x", "tell": "y", "law": "DLYS", "article": "第一条"}, GateCode.LICENCE_GROUNDS),
    ],
)
def test_the_gate_keeps_grounds_on_the_law(
    demo_catalogue: Catalogue, item: int, row: dict[str, str], code: GateCode
) -> None:
    items = list(demo_catalogue.document["items"])
    items[item] = {**items[item], "refused_when": [row]}
    assert [each.code for each in check({**demo_catalogue.document, "items": items})] == [code]


def test_the_gate_wants_exclusions_to_cite_the_library(demo_catalogue: Catalogue) -> None:
    items = list(demo_catalogue.document["items"])
    items[7] = {**items[7], "not_ours_when": [{**items[7]["not_ours_when"][0], "basis": "某某办法第一条"}]}
    assert [each.code for each in check({**demo_catalogue.document, "items": items})] == [
        GateCode.BASIS_OUTSIDE_LIBRARY
    ]


@pytest.mark.parametrize("text", ["这个我不 知道。", "问，别人去", "你去投诉好了"])
def test_forbidden_phrases_are_found_through_signs(text: str) -> None:
    assert unkind(text) in {each.value for each in WorkRefusal}
    assert unkind("这个问题我马上为您问清楚") is None


def test_the_page_says_all_that_is_still_missing(demo_catalogue: Catalogue) -> None:
    card = opened(demo_catalogue, "ITM-08")
    assert hindrances(card) == (WorkRefusal.NO_APPLICANT, WorkRefusal.NO_GROUND)
    card = write(choose_ground(card, 2), RefusalField.REASON, "这个我不知道")
    assert hindrances(card) == (
        WorkRefusal.NO_APPLICANT,
        WorkRefusal.OFFICE_NEEDED,
        WorkRefusal.PHONE_FIRST,
        WorkRefusal.SAY_WILL_ASK,
    )
