"""The kiosk's paper: SL-01 in the words of its template, on a page as long as it is, with a code the scanner knows."""

import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route
from pypdf import PdfReader

from app.domain.business_day import business_date
from app.domain.number_slip import NUMBER_SLIP
from app.domain.paper.blocks import Codes
from app.domain.paper.fill import fill
from app.domain.paper.layout import as_text, lay_out
from app.domain.scan import TicketCode, read_scan
from app.storage.slip_files import load_templates

KIOSK = "/halls/9901/kiosk"
PRINTED = "window.prints = 0; addEventListener('beforeprint', () => { prints += 1; })"
MM = 25.4 / 72


@pytest.fixture
def kiosk(hall: Any, kiosk_state: Any, open_page: Callable[..., Page]) -> Page:
    return open_page(hall.url + KIOSK, 1280, 1024, storage_state=kiosk_state, script=PRINTED)


def take(page: Page, business: str) -> str:
    page.get_by_role("button", name=business).click()
    page.wait_for_selector("#taken:not([hidden])")
    return page.locator("#number").inner_text()


def bare(words: str) -> str:
    """Return the words alone; a PDF spells some of them with radicals that look the same."""
    return re.sub(r"[\s:=-]", "", unicodedata.normalize("NFKC", words))


def test_a_touch_prints_the_slip_in_the_words_of_its_template(hall: Any, kiosk: Page, seen: Any) -> None:
    number = take(kiosk, "帮办代办")
    kiosk.wait_for_function("() => prints === 1")
    paper = kiosk.pdf(prefer_css_page_size=True)

    fields = hall.ask("GET", f"/v1/halls/9901/tickets/{number}/slip", "kiosk").json
    document = fill(load_templates()[NUMBER_SLIP], fields)
    words = replace(document, blocks=tuple(each for each in document.blocks if not isinstance(each, Codes)))
    (caption,) = [each.caption for each in document.blocks if isinstance(each, Codes)]
    expected = bare(as_text(lay_out(words, 48, 0), 48) + caption)
    (page,) = PdfReader(io.BytesIO(paper)).pages
    assert bare(page.extract_text()) == expected
    assert number in expected
    assert float(page.mediabox.width) * MM == pytest.approx(80, abs=0.5)
    assert 90 < float(page.mediabox.height) * MM < 160

    picture = pypdfium2.PdfDocument(paper)[0].render(scale=203 / 72).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    today = business_date(hall.ask("GET", "/v1/halls/9901/state", "kiosk").json["server_time"])
    assert read_scan(code.text, today) == TicketCode(number, "9901", today)
    assert seen.complaints == []
    assert seen.hosts == {hall.url.removeprefix("http://")}


def test_the_number_stays_when_the_paper_does_not_come(hall: Any, kiosk: Page) -> None:
    kiosk.route("**/kiosk/paper/**", lambda route: route.abort())
    number = take(kiosk, "税务")
    kiosk.wait_for_selector("#unprinted:not([hidden])")
    assert "记住这个号码" in kiosk.locator("#unprinted").inner_text()
    assert kiosk.locator("#number").inner_text() == number
    assert kiosk.evaluate("prints") == 0
    kiosk.unroute("**/kiosk/paper/**")
    kiosk.get_by_role("button", name="记好了").click()
    take(kiosk, "税务")
    kiosk.wait_for_function("() => prints === 1")
    assert kiosk.locator("#unprinted").is_hidden(), "the next citizen's paper came"


def test_who_is_quicker_than_the_printer_gets_the_paper_all_the_same(kiosk: Page) -> None:
    late: list[Route] = []
    kiosk.route("**/kiosk/paper/**", lambda route: late.append(route))  # noqa: PLW0108 - a builtin takes no mark
    with kiosk.expect_request("**/kiosk/paper/**"):
        number = take(kiosk, "税务")
    kiosk.get_by_role("button", name="记好了").click()
    assert kiosk.evaluate("prints") == 0
    late[0].continue_()
    kiosk.wait_for_function("() => prints === 1")
    assert kiosk.locator("#print .number").text_content() == number


def test_the_paper_goes_to_who_gives_numbers_out_alone(hall: Any) -> None:
    number = hall.issue("A")
    path = f"{KIOSK}/paper/{number}"
    assert [hall.ask("GET", path, who).status for who in (None, "kiosk")] == [401, 200]
    assert hall.ask("GET", f"{KIOSK}/paper/Z999", "kiosk").status == 404
    assert hall.ask("GET", path.replace("9901", "9902"), "kiosk").status == 404
    assert "<script" not in hall.ask("GET", path, "kiosk").text


def test_axe_is_content_with_a_number_without_paper(
    hall: Any, kiosk_state: Any, open_page: Callable[..., Page]
) -> None:
    page = open_page(hall.url + KIOSK, 1280, 1024, storage_state=kiosk_state, bypass_csp=True)
    page.route("**/kiosk/paper/**", lambda route: route.fulfill(status=404, body=""))
    take(page, "税务")
    page.wait_for_selector("#unprinted:not([hidden])")
    assert Axe().run(page).response["violations"] == []
