"""From answers to materials."""

from itertools import product
from typing import Any

import pytest

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.checklist import checklist
from app.domain.catalogue.gate import build
from app.domain.catalogue.item import Item


def ids(item: Item, **answers: str) -> list[str]:
    return [line.material.id for line in checklist(item, answers)]


def test_a_conditional_material_appears_exactly_when_its_condition_is_true(demo_catalogue: Catalogue) -> None:
    for item in demo_catalogue.items.values():
        keys = [each.key for each in item.situations]
        for options in product(*(each.options for each in item.situations)):
            answers = dict(zip(keys, options, strict=True))
            due = ids(item, **answers)
            for material in item.materials:
                assert (material.id in due) is (material.when is None or material.when.holds(answers))


def test_the_same_answers_and_version_give_the_same_list(
    demo_catalogue: Catalogue, demo_document: dict[str, Any]
) -> None:
    answers = {"agent": "委托", "pre_approval": "有", "family": "家庭经营", "premises": "租用"}
    again = build(demo_document)
    assert checklist(demo_catalogue.items["ITM-01"], answers) == checklist(again.items["ITM-01"], answers)


def test_the_order_is_the_published_one_and_lines_count_from_one(demo_catalogue: Catalogue) -> None:
    lines = checklist(demo_catalogue.items["ITM-01"], {"agent": "委托", "family": "家庭经营"})
    assert [(line.n, line.material.id) for line in lines] == [(1, "M1"), (2, "M2"), (3, "M3"), (4, "M4"), (5, "M6")]


@pytest.mark.parametrize(("ground", "due"), [("合法稳定住所", "M3a"), ("合法稳定就业", "M3b"), ("连续就读", "M3c")])
def test_of_a_group_only_what_fits_the_answer_is_due(demo_catalogue: Catalogue, ground: str, due: str) -> None:
    assert ids(demo_catalogue.items["ITM-03"], ground=ground, proxy="本人") == ["M1", "M2", due]


def test_a_group_of_which_several_lines_apply_stays_a_choice(demo_document: dict[str, Any]) -> None:
    for material in demo_document["items"][2]["materials"]:
        if "one_of" in material:
            material.pop("when")
    lines = checklist(build(demo_document).items["ITM-03"], {"ground": "连续就读", "proxy": "本人"})
    assert [line.group for line in lines] == [None, None, "G1", "G1", "G1"]


def test_shared_data_is_not_asked_for(demo_catalogue: Catalogue) -> None:
    exempt = {line.material.id for line in checklist(demo_catalogue.items["ITM-02"], {}) if line.exempt}
    assert exempt == {"M2"}


def test_a_line_tells_what_the_answer_means_for_it(demo_catalogue: Catalogue) -> None:
    line = checklist(demo_catalogue.items["ITM-01"], {"premises": "租用"})[2]
    assert line.detail == "租赁合同和出租方产权证明"
