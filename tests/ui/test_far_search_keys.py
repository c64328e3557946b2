"""Cases of other windows in the F7 box, by real keys, answered by the real server: below one's own, read only."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from living_counter import Key, Living
from near_server import PASSWORD, NearServer, near_server
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from screens_kept import Screens
from test_counter_screens import cut_texts, low_controls, overlaps
from test_search_pause_shift import accept, counter, shown

from app.commands.system_clock import SystemClock
from app.domain.case import CaseState
from app.domain.link import Link, LinkStatus
from app.domain.rights import Role
from sync.client.authority import HallAuthority
from sync.client.far_cases import FarCaseWorker
from sync.client.http import HttpCentralServer
from sync.server.service import provision
from sync.server.service.index_cases import words_of_case
from sync.server.storage import case_words, cases
from sync.server.storage.cases import MirroredCase
from sync.server.storage.search_tables import case_access
from ui.desk_intents import RunCommand
from ui.screens.counter import search
from ui.screens.search.state import FarStatus

__all__ = ["counter"]

CTRL = Qt.KeyboardModifier.ControlModifier
CHEN = {"name": "陈某某", "number": "990101199003070015", "phone": "15400000001"}


def keep(server: NearServer, sequence: int, **more: Any) -> str:
    """Let the server hold a case of window A05, as an operation of that window would have left it."""
    number = f"9901-0009-20261113-{sequence:04d}-0"
    record = {
        "item_name": "食品经营许可",
        "applicant": CHEN,
        "agent": None,
        "clerk": "0303",
        "business_date": "2026-11-13",
        "accepted_ms": 1_794_533_000_000,
        "verdicts": {"M1": {"verdict": "ok"}, "M2": {"verdict": "ok"}},
        **more,
    }
    case = MirroredCase(
        case_id=f"far-{sequence}",
        case_no=number,
        hall="9901",
        window="A05",
        counter="0009",
        item_id="ITM-02",
        department="D-ZX",
        state=CaseState.ACCEPTED,
        rev=1,
        accepted_on="2026-11-13",
        promised_due="2026-11-27",
        statutory_due=None,
        provisional=False,
        doc_no=None,
    )
    sealed = server.context.cipher.seal(json.dumps(record).encode(), f"case/9901/{case.case_id}")

    def work(connection: Any) -> None:
        cases.add_all(connection, [(case, sealed)])
        case_words.add(connection, [words_of_case(server.context, case, record)])

    server.storage.write(work)
    return number


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NearServer]:
    with near_server(tmp_path_factory.mktemp("server")) as running:
        provision.add_device(running.storage, "9901", "A01", Role.COUNTER, token="token-A01", window="A01")
        for sequence in (1, 2):
            keep(running, sequence)
        keep(running, 3, applicant={"name": "周某", "number": "990101199001018888"})
        yield running


@pytest.fixture(scope="module")
def session(server: NearServer) -> str:
    wire = HttpCentralServer(server.url, "token-A01", SystemClock())
    authority = HallAuthority(wire, "9901")
    authority.sign_in("0301", PASSWORD)
    wire.close()
    assert authority.session is not None
    return authority.session


class Far:
    """The window's way to the server; ``session`` may be taken away."""

    def __init__(self, counter: Living, server: NearServer, session: str) -> None:
        self.session: str | None = session
        tell = counter.bridge.far_cases.emit
        self.worker = FarCaseWorker(server.url, "9901", SystemClock(), lambda: self.session, tell)
        self.worker.start()
        counter.parts = replace(counter.parts, far_cases=self.worker)
        counter.presenter._parts = counter.parts


@pytest.fixture
def far(counter: Living, server: NearServer, session: str) -> Iterator[Far]:
    made = Far(counter, server, session)
    yield made
    made.worker.stop()


def answered(counter: Living, *, hits: int) -> None:
    counter.until(lambda: counter.state.over.far.status is FarStatus.HERE and len(counter.state.over.far.hits) == hits)


def looks(server: NearServer) -> list[tuple[str, str | None]]:
    with server.storage.engine.connect() as connection:
        return [(each.act, each.case_id) for each in connection.execute(case_access.select())]


def test_other_windows_cases_stand_below_ones_own_and_open_to_be_read(
    counter: Living, far: Far, server: NearServer, ready_card: Any, screens: Screens
) -> None:
    own = accept(counter, ready_card)
    counter.keys = 0
    counter.press(Key.Key_F7)
    counter.letters("c 0015")
    answered(counter, hits=2)
    assert len(counter.state.over.hits) == 1
    assert "其他窗口和更早的件 · 2 件" in shown(counter, "search_far").text()
    counter.press(Key.Key_Down)
    row = shown(counter, "search_hit__9901-0009-20261113-0002-0")
    assert "陈**" in row.accessibleName()
    assert row.y() > shown(counter, f"search_hit__{own}").y()
    before = len(looks(server))
    counter.press(Key.Key_Return)
    assert counter.keys == 3 + len("c 0015")  # flows.md §12: F7, typing, ↓ if needed, Enter
    counter.until(lambda: counter.state.over.far.detail is not None)
    assert looks(server)[before:] == [("view", "far-2")]
    view = counter.window._view.page.detail
    assert view.who == ("陈**", "990***********0015", "154****0001")
    assert "2 件材料齐" in view.steps[0].detail
    counter.whole()
    screens.keep(counter.window, "search-far-XL.png")
    for key, modifier in ((Key.Key_Space, None), (Key.Key_1, CTRL), (Key.Key_E, CTRL)):
        QTest.keyClick(counter.window.focusWidget(), key, modifier or Qt.KeyboardModifier.NoModifier)
        assert (counter.state.over.showing, counter.state.ask) == (False, None)
    counter.press(Key.Key_Escape, Key.Key_Up)
    assert counter.state.over.far.at is None
    assert counter.window._view.page.detail.number == own
    counter.press(Key.Key_Escape)
    assert counter.state.over is None


def test_what_prints_or_corrects_says_that_it_may_not(counter: Living, far: Far, server: NearServer) -> None:
    counter.press(Key.Key_F7)
    counter.letters("c 1113")
    answered(counter, hits=2)
    assert counter.state.over.far.at == 0  # nothing of one's own: the first of the others is marked
    counter.window._frame.over.intent.emit(RunCommand("bddj"))
    assert "这里只能看" in counter.window._view.message
    assert not shown(counter, "search_command__bddj").isEnabled()


def test_typing_on_cancels_what_was_asked_before(counter: Living, far: Far, server: NearServer) -> None:
    told: list[object] = []
    counter.bridge.far_cases.connect(told.append)
    server.pause()
    counter.press(Key.Key_F7)
    counter.letters("c 1113")
    counter.until(lambda: counter.state.over.far.status is FarStatus.ASKING)
    counter.letters("0001")
    server.go_on()
    answered(counter, hits=1)
    assert counter.state.over.far.tokens == ("c", "11130001")
    assert [each.tokens for each in told] == [("c", "11130001")]


def test_a_scanned_receipt_of_another_window_opens_to_be_read(counter: Living, far: Far, server: NearServer) -> None:
    number = "9901-0009-20261113-0001-0"
    search.open_scanned(counter.presenter, number)
    counter.until(lambda: counter.state.over.far.detail is not None)
    assert counter.window._view.page.detail.number == number
    counter.press(Key.Key_Escape)
    assert counter.state.over is None


def test_offline_the_own_cases_are_there_and_one_line_says_what_is_not(
    counter: Living, far: Far, ready_card: Any, screens: Screens
) -> None:
    accept(counter, ready_card)
    counter.bridge.link.emit(LinkStatus(Link.OFFLINE))
    counter.until(lambda: counter.state.offline)
    counter.press(Key.Key_F7)
    counter.letters("c 1123")
    counter.until(lambda: len(counter.state.over.hits) == 1)
    assert "网络断开，现在查不到其他窗口的件" in shown(counter, "search_far").text()
    counter.until(lambda: not shown(counter, "search_empty").isVisible())
    counter.whole()
    screens.keep(counter.window, "search-far-offline-XL.png")


def test_a_server_that_stands_still_is_waited_for_two_seconds_and_no_more(
    counter: Living, far: Far, server: NearServer
) -> None:
    server.pause()
    try:
        counter.press(Key.Key_F7)
        counter.letters("c 1113")
        counter.until(lambda: counter.state.over.far.status is FarStatus.ASKING)
        counter.until(lambda: counter.state.over.far.status is FarStatus.TROUBLE)
        assert "没有及时答复" in shown(counter, "search_far").text()
    finally:
        server.go_on()


def test_who_signed_in_without_the_server_is_told_so(counter: Living, far: Far) -> None:
    far.session = None
    counter.press(Key.Key_F7)
    counter.letters("c 1113")
    counter.until(lambda: counter.state.over.far.status is FarStatus.TROUBLE)
    assert "断网时登录" in shown(counter, "search_far").text()


def test_the_list_is_whole_in_every_layout(counter: Living, far: Far, ready_card: Any, screens: Screens) -> None:
    accept(counter, ready_card)
    counter.press(Key.Key_F7)
    counter.letters("c 0015")
    answered(counter, hits=2)
    counter.press(Key.Key_Down)
    for size in ((1920, 1080), (1366, 768), (1093, 614)):
        counter.window.resize(*size)
        counter.until(
            lambda: [*cut_texts(counter.window), *overlaps(counter.window), *low_controls(counter.window)] == []
        )
        screens.keep(counter.window, f"search-far-{size[0]}.png")
