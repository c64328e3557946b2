"""What changed between two published versions of an item, as a clerk has to know it."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.catalogue.changes import Change, ChangeKind, changes
from app.domain.catalogue.item import Item
from app.domain.catalogue.material import Necessity
from app.storage.messages import sentence as text


@pytest.fixture
def item(demo_catalogue: Any) -> Item:
    return demo_catalogue.items["ITM-02"]


def said(before: Item, after: Item | None) -> list[str]:
    return [text(each.kind.value, **each.values) for each in changes(before, after)]


def test_the_same_content_is_no_change(item: Item) -> None:
    assert changes(item, replace(item)) == ()


def test_materials_added_removed_renamed_and_asked_otherwise(item: Item) -> None:
    first, second, third, *rest = item.materials
    new = replace(first, id="M9", name="健康证明")
    after = replace(
        item,
        materials=(
            replace(first, name="新申请书"),
            replace(second, share=False),
            *(replace(each, necessity=Necessity.DEFERRABLE) if each.id == "M4" else each for each in rest),
            new,
        ),
    )
    assert said(item, after) == [
        "新增材料：健康证明",
        "材料“食品经营许可证申请书”改为“新申请书”",
        "营业执照或者其他主体资格证明改为要交",
        f"不再要：{third.name}",
        f"{rest[0].name}改为可容缺",
    ]


def test_limits_fee_situations_and_form(item: Item) -> None:
    after = replace(
        item,
        promised_limit=replace(item.promised_limit, days=5),
        statutory_limit=replace(item.statutory_limit, days=None),
        fee=replace(item.fee, charge=True),
        situations=item.situations[1:],
        form=replace(item.form, fields=item.form.fields[1:]),
    )
    assert said(item, after) == [
        "承诺时限由8个工作日改为5个工作日",
        "法定时限由10个工作日改为没有规定",
        "收费改为：收费",
        "情形的问法变了，请再问一遍",
        "表单的内容变了，请再看一遍",
    ]


def test_an_item_that_is_gone_is_told(item: Item) -> None:
    assert changes(item, None) == (Change(ChangeKind.WITHDRAWN, {"name": item.name}),)


def test_every_change_has_a_sentence() -> None:
    for kind in ChangeKind:
        assert text(kind.value, name="甲", before="乙", after="丙")
