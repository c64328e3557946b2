"""取号机: one touch, one number; only an enrolled browser gives numbers out."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

KIOSK = "/halls/9901/kiosk"


def test_a_touch_takes_a_number_and_shows_what_to_expect(
    hall: Any, kiosk_state: Any, open_page: Callable[..., Page], seen: Any
) -> None:
    page = open_page(hall.url + KIOSK, 1280, 1024, storage_state=kiosk_state)
    before = int(page.locator("[data-waiting=H]").inner_text())
    page.get_by_role("button", name="帮办代办").click()
    page.wait_for_selector("#taken:not([hidden])")
    assert page.locator("#number").inner_text().startswith("H")
    assert page.locator("#ahead").inner_text() == str(before)
    page.get_by_role("button", name="记好了").click()
    page.wait_for_function("before => document.querySelector('[data-waiting=H]').textContent == before + 1", arg=before)
    assert seen.complaints == []
    assert seen.hosts == {hall.url.removeprefix("http://")}


def test_a_lost_answer_takes_no_second_number(hall: Any, kiosk_state: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(hall.url + KIOSK, 1280, 1024, storage_state=kiosk_state)
    before = int(page.locator("[data-waiting=G]").inner_text())
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        answer = route.fetch()
        if len(keys) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/v1/halls/9901/tickets", lose_the_first)
    page.get_by_role("button", name="统一出件").click()
    page.wait_for_selector("#taken:not([hidden])")
    assert len(keys) == 2
    assert len(set(keys)) == 1
    state = hall.ask("GET", "/halls/9901/board/state").json
    assert next(each["waiting"] for each in state["businesses"] if each["code"] == "G") == before + 1


def test_without_its_server_the_kiosk_says_where_to_go(
    hall: Any, kiosk_state: Any, open_page: Callable[..., Page]
) -> None:
    page = open_page(hall.url + KIOSK, 1280, 1024, storage_state=kiosk_state)
    page.route("**/v1/halls/9901/tickets", lambda route: route.abort())
    page.get_by_role("button", name="税务").click()
    page.wait_for_selector("#problem:not([hidden])")
    assert "导办台" in page.locator("#problem").inner_text()
    assert page.get_by_role("button", name="税务").is_enabled()


def test_every_target_is_large_and_no_name_is_asked_for(
    hall: Any, kiosk_state: Any, open_page: Callable[..., Page]
) -> None:
    page = open_page(hall.url + KIOSK, 1280, 1024, storage_state=kiosk_state)
    boxes = [each.bounding_box() for each in page.locator("button:visible").all()]
    assert len(boxes) == 8
    assert all(box is not None and box["height"] >= 88 and box["width"] >= 200 for box in boxes)
    assert page.locator("input").count() == 0
    assert page.evaluate("document.querySelector('main').scrollHeight <= document.querySelector('main').clientHeight")


def test_a_browser_that_is_not_enrolled_gets_no_number(hall: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(hall.url + KIOSK)
    assert "还没有登记" in page.locator("main").inner_text()
    assert hall.ask("POST", "/v1/halls/9901/tickets", body={"business": "A"}).status == 401
    stolen = "chuangkou_device=" + "0" * 48
    assert hall.ask("POST", "/v1/halls/9901/tickets", body={"business": "A"}, cookie=stolen).status == 401


def test_an_enrolment_link_works_once_and_looking_at_it_spends_nothing(hall: Any) -> None:
    body = {"device": "kiosk-2", "role": "kiosk"}
    made = hall.ask("POST", "/v1/halls/9901/enrolments", hall.administrator(), body)
    assert made.status == 201
    link = made.json["path"]
    for _ in range(2):
        assert "登记为取号机" in hall.ask("GET", link).text
    first = hall.ask("POST", link, form={})
    assert (first.status, first.headers["location"]) == (303, KIOSK)
    assert hall.ask("POST", link, form={}).status == 404
    assert hall.ask("GET", link).status == 404
    cookie = first.headers["set-cookie"].partition(";")[0]
    assert hall.ask("POST", "/v1/halls/9901/tickets", body={"business": "A"}, cookie=cookie).status == 201
    assert hall.ask("GET", "/halls/9902/kiosk", cookie=cookie).status == 404
    again = hall.ask("POST", "/v1/halls/9901/enrolments", hall.administrator(), body).json["path"]
    hall.ask("POST", again, form={})
    assert hall.ask("POST", "/v1/halls/9901/tickets", body={"business": "A"}, cookie=cookie).status == 401


@pytest.mark.parametrize(
    ("who", "body", "status"),
    [
        ("kiosk", {"device": "kiosk-3", "role": "kiosk"}, 403),
        ("manager", {"device": "kiosk-3", "role": "kiosk"}, 403),
        ("administrator", {"device": "kiosk-3", "role": "counter"}, 422),
        ("administrator", {"device": "a b", "role": "kiosk"}, 422),
        ("administrator", {"device": "A01", "role": "kiosk"}, 403),
    ],
)
def test_only_an_administrator_enrols_and_only_kiosks_and_boards(hall: Any, who: str, body: Any, status: int) -> None:
    token = hall.administrator() if who == "administrator" else who
    assert hall.ask("POST", "/v1/halls/9901/enrolments", token, body).status == status


def test_a_counters_cookie_is_no_way_in(hall: Any) -> None:
    cookie = f"chuangkou_device={hall.credentials['tokens']['A01']}"
    assert hall.ask("GET", "/v1/halls/9901/state", cookie=cookie).status == 401
