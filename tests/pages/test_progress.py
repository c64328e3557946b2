"""群众进度页: nothing without the query code, no difference between a wrong code and no case, under 60 kB."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

CODE = "K7M2"
NO_SUCH_CASE = "9901-9999-20261123-0001-"
DOC_NO = "示食许受〔2026〕0003-0117号"
SCREENS = Path(__file__).parents[2] / "build" / "screens"


def look(hall: Any, case_no: str, code: str) -> Any:
    return hall.ask("POST", f"/q/{case_no}", form={"code": code})


def test_the_code_opens_status_dates_next_step_and_phones(
    hall: Any, counter: Any, open_page: Callable[..., Page], seen: Any
) -> None:
    case = counter.accept()
    page = open_page(f"{hall.url}/q/{case['case_no']}")
    assert "食品经营许可" not in page.content()
    page.get_by_label("查询码").fill(" k7m2 ")
    page.get_by_role("button", name="查进度").click()
    page.wait_for_selector(".steps")
    told = page.locator("body").inner_text()
    for words in ("食品经营许可（新办）", "陈**", "最晚办好", "法定期限", "已受理", "现在不用您做什么", "A01 窗口"):
        assert words in told
    assert page.get_by_role("link", name="问部门").get_attribute("href") == "tel:0000-8000012"
    for hidden in ("陈某", "990101", "1540", "0301"):
        assert hidden not in page.content()
    for promise in ("短信", "微信", "邮寄"):
        assert promise not in told
    assert seen.complaints == []
    assert seen.hosts == {hall.url.removeprefix("http://")}
    assert sum(seen.sizes.values()) < 60_000


def test_a_wrong_code_and_no_such_case_cannot_be_told_apart(hall: Any, counter: Any) -> None:
    case_no = counter.accept()["case_no"]
    missing = next(NO_SUCH_CASE + str(digit) for digit in range(10) if parses(NO_SUCH_CASE + str(digit)))
    answers = [look(hall, number, "ZZZZ") for number in (case_no, missing, "nonsense")]
    assert {each.status for each in answers} == {403}
    bodies = {
        each.text.replace(number, "NUMBER")
        for each, number in zip(answers, (case_no, missing, "nonsense"), strict=True)
    }
    assert len(bodies) == 1
    asked = {hall.ask("GET", f"/q/{number}").text.replace(number, "NUMBER") for number in (case_no, missing)}
    assert len(asked) == 1


def parses(number: str) -> bool:
    from app.domain.serials import CaseNumber, InvalidSerialError  # noqa: PLC0415 - only this helper

    try:
        return bool(CaseNumber.parse(number))
    except InvalidSerialError:
        return False


def test_who_guesses_is_slowed_down_and_then_the_right_code_does_not_help(hall: Any, counter: Any) -> None:
    case_no = counter.accept()["case_no"]
    statuses = [look(hall, case_no, f"22{n:02}").status for n in range(10)]
    assert statuses == [403] * 10
    assert look(hall, case_no, CODE).status == 429
    assert look(hall, counter.accept()["case_no"], CODE).status == 200


def test_states_are_told_in_words_a_citizen_understands(hall: Any, counter: Any) -> None:
    case = counter.accept("ITM-01", state="delivered", applicant={"name": "陈某某"})
    told = look(hall, case["case_no"], CODE).text
    assert "已办结" in told
    assert "工作日" not in told
    overdue = counter.accept(accepted_on="2026-01-05", promised_due="2026-01-09")
    told = look(hall, overdue["case_no"], CODE).text
    assert "已经过了承诺的日子" in told
    assert "可以打电话问进度" in told
    assert "现在不用您做什么" not in told


def test_the_page_stays_readable_when_the_server_is_gone_and_grows_by_a_quarter(
    hall: Any, counter: Any, open_page: Callable[..., Page]
) -> None:
    case = counter.accept()
    page = open_page(f"{hall.url}/q/{case['case_no']}")
    page.get_by_label("查询码").fill(CODE)
    page.keyboard.press("Enter")
    page.wait_for_selector(".steps")
    page.context.set_offline(True)
    before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.due .day')).fontSize)")
    page.get_by_role("button", name="大字").click()
    after = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.due .day')).fontSize)")
    assert after == before * 1.25
    assert "最晚办好" in page.locator("body").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('a, button')].filter(each => each.getClientRects().length)"
        ".filter(each => each.getBoundingClientRect().height < 44).map(each => each.textContent)"
    )
    assert small == []


def test_the_receipt_says_what_the_paper_said_also_when_the_server_is_gone(
    hall: Any, counter: Any, open_page: Callable[..., Page], seen: Any
) -> None:
    case = counter.accept(doc_no=DOC_NO, agent={"name": "孙某某", "number": "990101197808250049"})
    page = open_page(f"{hall.url}/q/{case['case_no']}")
    page.get_by_label("查询码").fill(CODE)
    page.keyboard.press("Enter")
    page.wait_for_selector(".paper summary")
    page.context.set_offline(True)
    page.clock.install()
    page.clock.run_for(5 * 60_000)
    paper = page.locator(".paper")
    assert not paper.get_by_text(DOC_NO).is_visible()
    page.get_by_text("看回执").click()
    told = paper.inner_text()
    expected = ("受理通知书", DOC_NO, "陈**：", "现予受理", "990***********0015", case["case_no"], "孙**", "承诺办结")
    for words in (*expected, "收费", "行政审批专用章"):
        assert words in told, words
    for hidden in ("陈某", "孙某", "990101", "1540", "0301", CODE, "ZW1"):
        assert hidden not in page.content(), hidden
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".paper summary").bounding_box()["height"] >= 44
    assert [each for each in seen.complaints if "ERR_INTERNET_DISCONNECTED" not in each] == []
    assert sum(seen.sizes.values()) < 60_000
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / "phone-receipt.png", full_page=True)


def test_a_case_whose_record_gives_no_paper_has_no_receipt(hall: Any, counter: Any) -> None:
    case = counter.accept(applicant={"name": "陈某某"})
    told = look(hall, case["case_no"], CODE).text
    assert "最晚办好" in told
    assert "看回执" not in told


def test_the_pages_let_no_stranger_in(hall: Any) -> None:
    headers = hall.ask("GET", "/q/9901-0001-20261123-0001-0").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    typed = hall.ask("GET", "/q/%3Cscript%3Ealert(1)%3C%2Fscript%3E").text
    assert "<script>alert" not in typed
    assert hall.ask("GET", "/pages/../settings.py").status == 404
    assert hall.ask("GET", "/pages/voice/README.md").status == 404
    assert json.loads(hall.ask("GET", "/schema/openapi.json").raw)["paths"]
