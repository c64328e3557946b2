"""L05 权利救济告知: every no says who reviews it and which court hears it, in time; a blank remedy is not published."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import call, explain, outcome, right
from living_counter import Key, Living
from papers import paper_of, words_of
from pressing import pressed, publish
from published_hall import changed, item

REMEDY = ("review_org", "review_days", "court", "suit_months")


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        yield opened


def refused(counter: Living) -> str:
    """The words of the refusal that the next citizen gets."""
    call(counter)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_F11, Key.Key_1, Key.Key_Tab)
    explain("只卖预包装食品，备案就可以")
    counter.until(lambda: right(counter).primary is not None and right(counter).primary.enabled)
    counter.press(Key.Key_F11)
    counter.until(lambda: outcome(counter) == "rejected")
    return words_of(paper_of(counter))


def test_l05_a_refusal_names_the_peoples_government_the_court_and_both_periods(counter: Living) -> None:
    """L05: negative documents print 复议机关 (normally 本级人民政府), 60日, court, 6个月."""
    words = refused(counter)
    for told in ("示范县人民政府", "六十日", "示范县人民法院", "六个月"):
        assert told in words or told.replace("六十", "60").replace("六个", "6个") in words, told


def test_l05_a_vertical_department_is_reviewed_by_the_one_above_it(counter: Living, published_tables: Any) -> None:
    """L05: department marked vertical → 上一级主管部门."""
    publish(counter, published_tables, lambda document: item(document, "ITM-02").update(remedy="vertical"))
    counter.until(lambda: counter.state.catalogue is not None and counter.state.catalogue.version == 2)
    words = refused(counter)
    assert "上一级主管部门" in words
    assert "示范县人民政府申请" not in words


@pytest.mark.parametrize("part", REMEDY)
def test_l05_a_blank_remedy_is_not_published(catalogue_hall: Any, part: str) -> None:
    """L05: blank remedy → the document cannot be issued: no version with a blank one gets to any window."""
    name = next(iter(changed(lambda _: None)["remedies"]))
    used = item(changed(lambda _: None), "ITM-02")["remedy"]
    blank = "" if part in ("review_org", "court") else 0
    for remedy in {name, used}:
        answer = catalogue_hall.submit(
            changed(lambda document, remedy=remedy: document["remedies"][remedy].update({part: blank}))
        )
        assert answer.status_code == 422, part
        assert any(part in each["path"] for each in answer.json()["problems"])


def test_l05_an_item_names_a_remedy_that_is_there(catalogue_hall: Any) -> None:
    """An item without a remedy, or with one nobody wrote, is refused by its place."""
    for change in (lambda each: each.update(remedy="nobody"), lambda each: each.pop("remedy")):
        answer = catalogue_hall.submit(changed(lambda document, change=change: change(item(document, "ITM-02"))))
        assert answer.status_code == 422
        assert any("remedy" in each["path"] for each in answer.json()["problems"])
