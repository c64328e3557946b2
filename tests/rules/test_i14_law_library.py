"""I14 窗口备法律法规政策文本: the cited article of the item at hand, at every window, network or not."""

from collections.abc import Iterator
from typing import Any

import pytest
from living_counter import Living
from pressing import cut_off, picture, pressed, publish, serve
from published_hall import FIRST, changed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from test_counter_screens import SIZES

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "（测试用文本，不是法条原文）\n第二款。"


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        yield opened


def load(document: Any) -> None:
    """Two articles of 促进个体工商户发展条例, one of them cited by ITM-01."""
    law = next(each for each in document["laws"] if each["id"] == "CJGT")
    law["articles"] = [{"number": "第一条", "text": "别的条"}, {"number": "第二条", "text": TEXT}]


def page_of(counter: Living) -> Any:
    """The page once the whole library is listed."""
    counter.until(lambda: getattr(counter.state.over, "index", None) is not None)
    return counter.window._view.page


def said(counter: Living, name: str) -> str:
    label = counter.window.findChild(QLabel, name)
    return label.text() if label is not None and label.isVisible() else ""


def test_i14_the_cited_articles_of_the_current_item_are_one_key_away_without_a_network(
    counter: Living, published_tables: Any
) -> None:
    """I14: with the network cut, the clerk opens the cited article of the current item in ≤2 clicks."""
    publish(counter, published_tables, load)
    counter.until(lambda: counter.state.catalogue.version == 2)
    serve(counter)
    cut_off(counter)
    counter.keys = 0
    counter.press(Key.Key_F1, modifier=SHIFT)
    assert counter.keys == 1
    page = page_of(counter)
    assert page.detail.title == "促进个体工商户发展条例"
    assert ("引用条款", "第二条") in page.detail.facts
    assert page.detail.articles == (("第二条", TEXT),)
    assert page.detail.missing == ""
    for density, size in SIZES.items():
        counter.window.resize(*size)
        counter.whole()
        picture(counter, f"laws-{density}")
    counter.press(Key.Key_Down)
    assert "第三条、第十六条、第十九条、第二十一条的条文未载入" in said(counter, "laws_missing")
    counter.press(Key.Key_Escape)
    assert counter.window.property("uiState") == "serving"
    assert counter.state.card.item.id == "ITM-01"


def test_i14_the_library_is_searched_by_pinyin_number_and_words(counter: Living) -> None:
    """I14: searchable law library (text, effective, expired, replaced-by)."""
    counter.press(Key.Key_F1, modifier=SHIFT)
    assert len(page_of(counter).rows) == 32
    counter.letters("gtgshtl")
    assert [each.title for each in counter.window._view.page.rows] == ["个体工商户条例"]
    detail = counter.window._view.page.detail
    assert (detail.tag.text, dict(detail.facts)["现行的是"]) == ("已失效", "《促进个体工商户发展条例》")
    for _ in "gtgshtl":
        counter.press(Key.Key_Backspace)
    counter.letters("663")
    assert [each.title for each in counter.window._view.page.rows] == ["居住证暂行条例"]
    counter.letters("99")
    assert counter.window._view.page.rows == ()
    assert "没找到“66399”" in said(counter, "laws_empty")
    counter.press(Key.Key_F1, modifier=SHIFT)
    assert counter.state.over is None


def test_i14_law_texts_come_with_the_catalogue_the_administrators_publish(catalogue_hall: Any) -> None:
    """I14: law texts at the window; S: imported as YAML by one administrator, published by another."""
    catalogue_hall.publish(load)
    (_, newest) = catalogue_hall.snapshot()["tables"]["catalogue"]
    held = next(each for each in newest["document"]["laws"] if each["id"] == "CJGT")
    assert {"number": "第二条", "text": TEXT} in held["articles"]
    refused = catalogue_hall.submit(
        changed(lambda document: document["laws"][0].update(articles=[{"number": "2", "text": "x"}])), FIRST
    )
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["path"] == "laws/0/articles/0/number"
