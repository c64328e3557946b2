"""The board and the phone page stand as they are drawn, within four pixels, each at its drawing's size."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

SHOW = """() => {
  const at = Date.now();
  const call = (number, window, business) =>
    ({id: number, number, window, business, called_ms: at - said.size, times: 1, missed: false});
  const waits = (name, places, waiting, eta_minutes) => ({code: name, name, places, waiting, eta_minutes});
  show({
    server_time: at, head: 1, notice: "", missed: ["A017", "C009"],
    calls: [call("A023", "A03", "市场准入"), call("C014", "B05", "公安户政"), call("D008", "B07", "税务"),
            call("E017", "E01", "工程建设"), call("B009", "B01", "社会事务"), call("A022", "A04", "市场准入")],
    businesses: [waits("市场准入", "A01–A06", 14, 18), waits("社会事务", "B01–B04", 12, 38),
                 waits("税务", "B07", 5, 21), waits("公安户政", "B05", 2, 9), waits("交通运输", "A07", 1, 4)],
    pauses: [{window: "A10", business: "税务", until_ms: at, places: "B07"}],
  });
  show = () => {};  // what the hall says from now on is not what was drawn
}"""
EDGES = """selector => {
  const part = document.querySelector(selector);
  if (!part || !part.getClientRects().length) return null;
  const {left, top, right, bottom} = part.getBoundingClientRect();
  return [left, top, right, bottom];
}"""


def astray(page: Page, drawings: Any, name: str) -> list[str]:
    return list(drawings.astray(drawings.regions(name), lambda selector: page.evaluate(EDGES, selector)))


def test_the_board_stands_as_drawn(hall: Any, drawings: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(hall.url + "/halls/9901/board", 1920, 1080)
    page.wait_for_selector("#queues li")
    page.clock.install()
    page.evaluate(SHOW)
    assert astray(page, drawings, "10-hall-display") == []


def test_the_progress_page_stands_as_drawn(
    hall: Any, counter: Any, drawings: Any, open_page: Callable[..., Page]
) -> None:
    case = counter.accept(applicant={"name": "陈某某"})  # gives no paper, so nothing unfolds above the rating
    page = open_page(f"{hall.url}/q/{case['case_no']}")
    page.get_by_label("查询码").fill("k7m2")
    page.get_by_role("button", name="查进度").click()
    page.wait_for_selector(".steps")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    assert astray(page, drawings, "11-citizen-progress-phone") == []
    size = page.locator("#large").bounding_box()
    assert size is not None
    assert size["height"] >= 44
