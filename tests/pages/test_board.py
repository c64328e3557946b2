"""叫号大屏: live within a second, said in order and never over one another, and still readable without its server."""

import json
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

BOARD = "/halls/9901/board"
# What really sounds: when each clip is asked to start, and how long it is, by the sound card's own clock.
LISTENER = """
window.heard = []; window.calls = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (at) {
  window.heard.push([at, this.buffer.duration]);
  start.call(this, at);
};
for (const name of ["voice-start", "voice-end"]) {
  document.addEventListener(name, (event) => window.calls.push([name, event.detail.number, performance.now()]));
}
"""
SHORT_CLIPS = """() => {
  for (const [word, clip] of voice.clips) {
    const short = voice.context.createBuffer(1, 2400, 24000);
    short.copyToChannel(clip.getChannelData(0).slice(0, 2400), 0);
    voice.clips.set(word, short);
  }
  for (const word of ["叮", "请", "号", "到"]) voice.clips.delete(word);
  voice.gap = 0.02;
}"""


SPOKEN = "count => calls.filter(each => each[0] === 'voice-end').length === count"
SPEAKING_MS = 20_000


def shown(page: Page) -> str:
    return page.locator("#now .no").inner_text()


def test_a_call_is_on_the_board_within_a_second(hall: Any, open_page: Callable[..., Page], seen: Any) -> None:
    page = open_page(hall.url + BOARD, 1280, 720)
    page.wait_for_selector("#queues li")
    number = hall.issue("A")
    delays = []
    for _ in range(3):
        called = hall.call("A02")
        while called is not None and called != number:
            called = hall.call("A02")
        started = time.monotonic()
        page.wait_for_function("number => document.querySelector('#now .no')?.textContent === number", arg=number)
        delays.append(time.monotonic() - started)
        number = hall.issue("A")
    assert max(delays) < 1.0
    assert page.locator("#now .win").inner_text() == "A02"
    assert seen.complaints == []
    assert seen.hosts == {hall.url.removeprefix("http://")}


def test_the_last_calls_and_the_queues_are_listed_without_any_name(hall: Any, open_page: Callable[..., Page]) -> None:
    numbers = [hall.issue("B"), hall.issue("C"), hall.issue("D")]
    for window in ("B01", "B05", "B07"):
        hall.call(window)
    waits = [hall.issue("E"), hall.issue("E")]
    page = open_page(hall.url + BOARD, 1280, 720)
    page.wait_for_selector("#list li")
    assert shown(page) == numbers[2]
    assert [each.inner_text() for each in page.locator("#list .no").all()][:2] == [numbers[1], numbers[0]]
    row = page.locator("#queues li", has_text="工程建设项目审批")
    assert row.locator(".ct b").inner_text() == str(len(waits))
    state = json.dumps(hall.ask("GET", BOARD + "/state").json, ensure_ascii=False)
    assert not any(word in state for word in ('name": "王', "applicant", "clerk"))


def test_everything_fits_the_screen_that_was_drawn(hall: Any, open_page: Callable[..., Page]) -> None:
    hall.issue("A")
    hall.call("A03")
    for width, height in ((1920, 1080), (1366, 768)):
        page = open_page(hall.url + BOARD, width, height)
        page.wait_for_selector("#now .no")
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        assert page.evaluate("document.body.scrollWidth <= innerWidth")
        clipped = page.evaluate(
            "[...document.querySelectorAll('#now, #list .no, #list .win, #queues b, .ticker p, h1')]"
            ".filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth).map(each => each.textContent)"
        )
        assert clipped == []


def test_calls_are_said_in_order_twice_and_never_over_one_another(hall: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(hall.url + BOARD, 1280, 720, script=LISTENER)
    page.wait_for_selector("#queues li")
    page.wait_for_function("() => voice.clips !== null && !voice.silent")
    # Shorter clips, the same queue: two calls of the real pack last longer than this suite may.
    page.evaluate(SHORT_CLIPS)
    numbers = [hall.issue("G"), hall.issue("F")]
    hall.call("C01")
    hall.call("A07")
    page.wait_for_function(SPOKEN, arg=2, timeout=SPEAKING_MS)
    told = page.evaluate("calls.map(each => each.slice(0, 2))")
    assert told == [[name, number] for number in numbers for name in ("voice-start", "voice-end")]
    clips = page.evaluate("heard")
    assert len(clips) == 2 * 2 * (4 + 3 + 1)
    for (begun, lasts), (following, _) in pairwise(clips):
        assert following >= begun + lasts


def test_a_call_that_is_repeated_is_said_again_and_stands_first(
    hall: Any, counter: Any, open_page: Callable[..., Page]
) -> None:
    page = open_page(hall.url + BOARD, 1280, 720, script=LISTENER)
    page.wait_for_selector("#queues li")
    page.wait_for_function("() => voice.clips !== null && !voice.silent")
    page.evaluate(SHORT_CLIPS)
    hall.issue("A")
    called = hall.ask("POST", "/v1/halls/9901/windows/A01/call-next", "A01").json
    other = hall.issue("B")
    hall.call("B02")
    page.wait_for_function("number => document.querySelector('#now .no')?.textContent === number", arg=other)
    again = {"number": called["number"], "window": "A01", "called_ms": counter.clock.now_ms()}
    assert counter.push("ticket.recalled", "ticket", called["id"], again) == "applied"
    page.wait_for_function("no => document.querySelector('#now .no')?.textContent === no", arg=called["number"])
    page.wait_for_function(SPOKEN, arg=3, timeout=SPEAKING_MS)
    said = page.evaluate("calls.filter(each => each[0] === 'voice-start').map(each => each[1])")
    assert said == [called["number"], other, called["number"]]


def test_a_board_without_leave_to_sound_asks_for_one_touch(hall: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(hall.url + BOARD, 1280, 720)
    page.wait_for_function("() => voice.clips !== null && !voice.silent")
    page.evaluate("() => voice.context.suspend()")
    button = page.get_by_role("button", name="点一下打开语音")
    button.wait_for()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    button.click()
    button.wait_for(state="hidden")


PLACES = {
    "3": "3",
    "10": "十",
    "12": "十2",
    "20": "2十",
    "35": "3十5",
    "100": "1百",
    "105": "1百05",
    "110": "1百1十",
    "B1": "B1",
}
"""Windows and how they are said."""


def test_the_words_of_a_call_are_letter_and_digits_one_by_one(hall: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(hall.url + BOARD, 1280, 720)
    words = page.evaluate("Voice.words({number: 'A023', window: 'A03'}).map(word => word ?? ' ').join('')")
    assert words == "叮请A023号到A03号窗口 请A023号到A03号窗口"
    said = {window: "".join(page.evaluate(f"Voice.place('{window}')")) for window in PLACES}
    assert said == PLACES
    pack = hall.ask("GET", "/pages/voice/manifest.json").json
    assert set("0123456789ABCDEFGHJKLMNPRSTUVWXYZ") <= set(pack["clips"])


def test_a_board_keeps_the_last_state_while_its_server_is_gone_and_comes_back_by_itself(
    own_hall: Any, open_page: Callable[..., Page]
) -> None:
    number = own_hall.issue("A")
    own_hall.call("A01")
    page = open_page(own_hall.url + BOARD, 1280, 720)
    page.wait_for_selector("#now .no")
    page.clock.install()
    port = own_hall.port
    own_hall.stop()
    page.clock.fast_forward("00:20")
    page.wait_for_selector("#stale:not([hidden])")
    assert shown(page) == number
    assert page.locator("#stale").inner_text().startswith("最后更新")
    assert "away" in (page.locator("body").get_attribute("class") or "")
    page.clock.fast_forward("05:00")
    page.wait_for_selector("body.long-away")
    assert shown(page) == number
    own_hall.start(port)
    own_hall.issue("B")
    number = own_hall.call("B01")
    page.wait_for_function("number => document.querySelector('#now .no')?.textContent === number", arg=number)
    assert page.locator("#stale").is_hidden()


def test_a_manager_closes_the_board_to_strangers(own_hall: Any) -> None:
    own_hall.stop()
    (own_hall.data / "pages.toml").write_text("board_open = false\n", "utf-8")
    own_hall.start()
    assert own_hall.ask("GET", BOARD).status == 401
    assert own_hall.ask("GET", BOARD + "/state").status == 401
    assert own_hall.ask("GET", BOARD + "/stream").status == 401
    assert own_hall.ask("GET", BOARD + "/state", "manager").status == 200
    link = own_hall.links["board_enrolment"].removeprefix(own_hall.url)
    cookie = own_hall.ask("POST", link, form={}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert own_hall.ask("GET", BOARD + "/state", cookie=cookie.partition(";")[0]).status == 200
    taking = own_hall.ask("POST", "/v1/halls/9901/tickets", body={"business": "A"}, cookie=cookie.partition(";")[0])
    assert taking.status == 403
