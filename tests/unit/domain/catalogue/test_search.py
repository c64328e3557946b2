"""Items are found by what a clerk types, quickly, and what was taken before comes first."""

import time
from dataclasses import replace
from typing import Any

import pytest

from app.domain.catalogue.search import MAX_TYPED, ItemIndex, typed_key
from app.storage.pinyin import readings

FIVE_THOUSAND = 5_000
LIMIT_S = 0.010
GENEROUS = 5


@pytest.fixture(scope="module")
def index(demo_catalogue: Any) -> ItemIndex:
    return ItemIndex(demo_catalogue.items.values(), readings)


def ids(index: ItemIndex, typed: str, here: tuple[str, ...] = (), choices: Any = None) -> list[str]:
    return [each.item.id for each in index.find(typed, here, choices or {})]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gtgs", "ITM-01"),
        ("GTGS", "ITM-01"),
        ("gtg's h", "ITM-01"),
        ("gths", "ITM-01"),
        ("geti", "ITM-01"),
        ("getihu", "ITM-01"),
        ("个体", "ITM-01"),
        ("spjy", "ITM-02"),
        ("jzz", "ITM-03"),
        ("shengyu", "ITM-04"),
        ("ybcb", "ITM-06"),
        ("dlhy", "ITM-08"),
        ("db", "ITM-07"),
        ("xmba", "ITM-12"),
    ],
)
def test_an_item_is_found_by_initials_pinyin_name_and_short_name(index: ItemIndex, typed: str, found: str) -> None:
    assert found in ids(index, typed)


def test_whole_pinyin_begins_at_a_syllable(index: ItemIndex) -> None:
    assert "ITM-01" in ids(index, "gongshang")
    assert "ITM-01" not in ids(index, "ongshang")


@pytest.mark.parametrize("typed", ["", "   ", "'", "zzzz", "（）", "\n", "g" * 500])
def test_nothing_is_found_by_nothing(index: ItemIndex, typed: str) -> None:
    assert ids(index, typed) == []


def test_what_is_compared_is_bounded() -> None:
    assert len(typed_key("ｇ" * 500)) == MAX_TYPED
    assert typed_key("Ｇ T'g s") == "gtgs"


def test_another_reading_of_a_character_finds_it_too(demo_catalogue: Any) -> None:
    item = replace(demo_catalogue.items["ITM-01"], name="重庆银行登记", short="银行登记")
    index = ItemIndex([item], readings)
    assert ids(index, "yhdj") == ids(index, "yinhang") == [item.id]
    assert ids(index, "chongqing") == ids(index, "zqyx") == [item.id]


def test_the_catalogue_can_say_how_a_name_is_read(demo_catalogue: Any) -> None:
    item = replace(demo_catalogue.items["ITM-01"], name="会重登记", short="会重")
    assert ids(ItemIndex([item], readings), "kuaichongdengji") == []
    named = replace(item, pinyin=("kuai chong deng ji",))
    assert ids(ItemIndex([named], readings), "kuaichongdengji") == [item.id]


def test_the_windows_own_items_come_first_and_the_others_are_told_apart(index: ItemIndex) -> None:
    hits = index.find("xk", ("ITM-10",), {})
    assert (hits[0].item.id, hits[0].here) == ("ITM-10", True)
    assert [each.here for each in hits[1:]] == [False] * (len(hits) - 1)
    assert {"ITM-02", "ITM-08", "ITM-11"} <= {each.item.id for each in hits}


def test_what_was_taken_for_these_letters_comes_first(index: ItemIndex) -> None:
    here = ("ITM-10", "ITM-11", "ITM-12")
    assert ids(index, "xk", here)[0] == "ITM-10"
    assert ids(index, "xk", here, {("xk", "ITM-11"): 1})[0] == "ITM-11"
    assert ids(index, "xk", here, {("sgxk", "ITM-11"): 5})[0] == "ITM-11", "what is taken most comes before order"
    assert ids(index, "xk", here, {("sgxk", "ITM-11"): 5, ("xk", "ITM-10"): 1})[0] == "ITM-10"


def test_the_hits_fit_the_digits(demo_catalogue: Any) -> None:
    many = [replace(demo_catalogue.items["ITM-01"], id=f"ITM-{n}") for n in range(20)]
    assert len(ItemIndex(many, readings).find("g", (), {})) == 9


def test_five_thousand_items_are_searched_between_two_keys(demo_catalogue: Any) -> None:
    items = list(demo_catalogue.items.values())
    many = [
        replace(items[n % len(items)], id=f"ITM-{n}", name=f"{items[n % len(items)].name}{n}")
        for n in range(FIVE_THOUSAND)
    ]
    index = ItemIndex(many, readings)
    for typed in ("g", "gtgs", "sh", "shang", "xk", "zzzz"):
        took = []
        for _ in range(3):
            began = time.thread_time()
            index.find(typed, ("ITM-1",), {})
            took.append(time.thread_time() - began)
        assert min(took) < LIMIT_S * GENEROUS, (typed, took)
