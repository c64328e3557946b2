"""评价: five grades, voluntary, once, and the clerk never learns who."""

import secrets
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

GRADES = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]


def test_a_citizen_rates_once(hall: Any, counter: Any, open_page: Callable[..., Page], seen: Any) -> None:
    token = counter.accept()["rating_token"]
    page = open_page(f"{hall.url}/r/{token}")
    assert [each.inner_text() for each in page.locator(".grade span").all()] == GRADES
    assert page.locator("input:checked").count() == 0
    page.get_by_label("基本满意").check()
    page.get_by_label("还想说什么").fill("排队久了一点")
    page.get_by_role("button", name="提交评价").click()
    assert "谢谢您的评价" in page.locator("body").inner_text()
    page.goto(f"{hall.url}/r/{token}")
    assert "已经评价过了" in page.locator("body").inner_text()
    assert seen.complaints == []
    again = hall.ask("POST", f"/r/{token}", form={"grade": "1"})
    assert "已经评价过了" in again.text


def test_the_progress_page_leads_to_the_rating_until_it_is_given(hall: Any, counter: Any) -> None:
    case = counter.accept()
    page = hall.ask("POST", f"/q/{case['case_no']}", form={"code": case["query_code"]}).text
    assert f"/r/{case['rating_token']}?grade=5" in page
    hall.ask("POST", f"/r/{case['rating_token']}", form={"grade": "5"})
    page = hall.ask("POST", f"/q/{case['case_no']}", form={"code": case["query_code"]}).text
    assert case["rating_token"] not in page


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({}, 422, "请先点一个评价等级"),
        ({"grade": "6"}, 422, "请先点一个评价等级"),
        ({"grade": "满意"}, 422, "请先点一个评价等级"),
        ({"grade": "4", "comment": "好" * 201}, 422, "最多写 200 个字"),
        ({"grade": "4", "comment": "好" * 200}, 200, "谢谢您的评价"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    hall: Any, counter: Any, form: Any, status: int, words: str
) -> None:
    token = counter.accept()["rating_token"]
    answer = hall.ask("POST", f"/r/{token}", form=form)
    assert answer.status == status
    assert words in answer.text
    if status != 200 and "comment" in form:
        assert form["comment"] in answer.text


def test_a_token_that_never_was_and_one_that_is_over_are_closed_alike(hall: Any, counter: Any) -> None:
    over = counter.accept(accepted_ms=1_700_000_000_000)["rating_token"]
    answers = [hall.ask("GET", f"/r/{token}") for token in (over, secrets.token_hex(16))]
    assert {each.status for each in answers} == {404}
    assert answers[0].text == answers[1].text
    assert hall.ask("POST", f"/r/{over}", form={"grade": "5"}).status == 404


def test_neither_token_nor_words_lie_open_in_the_database(hall: Any, counter: Any) -> None:
    token = counter.accept()["rating_token"]
    hall.ask("POST", f"/r/{token}", form={"grade": "2", "comment": "找了三个窗口"})
    stored = b"".join(path.read_bytes() for path in hall.data.glob("server.db*"))
    assert token.encode() not in stored
    assert "找了三个窗口".encode() not in stored
    rows = sqlite3.connect(f"file:{hall.data}/server.db?mode=ro", uri=True)
    try:
        assert rows.execute("select count(*) from rating where grade = 2").fetchone()[0] == 1
    finally:
        rows.close()
