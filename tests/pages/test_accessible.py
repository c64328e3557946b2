"""axe finds nothing on any page (WCAG 2.2 A and AA)."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def faults(page: Page) -> list[str]:
    # The script comes in by the debugger, past the policy of the page, which allows no script but its own.
    found = Axe().run(page, options=RULES).response
    assert len(found["passes"]) > 5
    return [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]]


@pytest.fixture
def addresses(hall: Any, counter: Any) -> dict[str, str]:
    case = counter.accept(doc_no="示食许受〔2026〕0003-0118号")
    hall.issue("A")
    hall.call("A05")
    return {
        "board": "/halls/9901/board",
        "not enrolled": "/halls/9902/board",
        "query": f"/q/{case['case_no']}",
        "rating": f"/r/{case['rating_token']}",
        "rated": "/r/none",
    }


def test_axe_is_content(hall: Any, addresses: dict[str, str], kiosk_state: Any, open_page: Callable[..., Page]) -> None:
    found = {}
    for name, path in addresses.items():
        page = open_page(hall.url + path, *((1280, 720) if name == "board" else (390, 844)), bypass_csp=True)
        if name == "board":
            page.wait_for_selector("#queues li")
        found[name] = faults(page)
        if name == "query":
            page.get_by_label("查询码").fill("K7M2")
            page.get_by_role("button", name="查进度").click()
            page.wait_for_selector(".steps")
            found["progress"] = faults(page)
            page.get_by_text("看回执").click()
            found["receipt"] = faults(page)
    page = open_page(hall.url + "/halls/9901/kiosk", 1280, 1024, bypass_csp=True, storage_state=kiosk_state)
    found["kiosk"] = faults(page)
    page.locator(".choice").first.click()
    page.wait_for_selector("#taken:not([hidden])")
    found["taken"] = faults(page)
    assert {name: list_ for name, list_ in found.items() if list_} == {}
