"""Gallery: what citizens see in a browser, with server and browser standing at the drawn moment."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from app.commands.system_clock import demo_clock

FOLDER = Path(os.environ.get("GALLERY", Path(__file__).parents[2] / "build" / "tour" / "gallery"))
MOMENT = 1_794_983_580
"""2026-11-18 14:33 in China, in UTC seconds; the server is started with the same moment in CHUANGKOU_NOW."""
BOARD = "/halls/9901/board"
PHONE = {"width": 390, "height": 844}


def keep(page: Page, name: str) -> None:
    """Save a picture; nothing may be wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png")


def frozen(page: Page, url: str) -> Page:
    """Open an address with the browser's clock at the drawn moment."""
    page.clock.set_fixed_time(MOMENT)
    page.goto(url)
    return page


def test_the_board(hall: Any, open_page: Callable[..., Page]) -> None:
    for business, window in (("E", "E01"), ("C", "B05"), ("D", "B07"), ("B", "B01"), ("A", "A04"), ("A", "A03")):
        hall.issue(business)
        assert hall.call(window) is not None
    for business, many in (("A", 5), ("B", 3), ("E", 2), ("D", 1)):
        for _ in range(many):
            hall.issue(business)
    page = frozen(open_page("about:blank", 1920, 1080), hall.url + BOARD)
    page.wait_for_selector("#now .no")
    page.wait_for_selector("#queues li")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    keep(page, "board")


def test_the_board_without_its_server(own_hall: Any, open_page: Callable[..., Page]) -> None:
    own_hall.issue("A")
    own_hall.call("A03")
    page = open_page(own_hall.url + BOARD, 1920, 1080)
    page.wait_for_selector("#now .no")
    own_hall.stop()
    page.get_by_text("请听叫号").first.wait_for(timeout=30_000)
    keep(page, "board-away")


def test_the_progress_page(hall: Any, counter: Any, open_page: Callable[..., Page]) -> None:
    counter.clock = demo_clock()
    case = counter.accept()
    page = frozen(open_page("about:blank", **PHONE), f"{hall.url}/q/{case['case_no']}")
    keep(page, "progress-code")
    page.get_by_label("查询码").fill("k7m2")
    page.get_by_role("button", name="查进度").click()
    page.wait_for_selector(".steps")
    keep(page, "progress")
    late = counter.accept(accepted_on="2026-01-05", promised_due="2026-01-09")
    page = frozen(open_page("about:blank", **PHONE), f"{hall.url}/q/{late['case_no']}")
    page.get_by_label("查询码").fill("k7m2")
    page.get_by_role("button", name="查进度").click()
    page.wait_for_selector(".steps")
    keep(page, "progress-overdue")
