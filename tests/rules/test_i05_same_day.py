"""I05 当场办结、马上就办、当天完成: an instant case is done today, or no shift ends over it without a listed reason."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import CARD, at_window, decide, outcome
from living_counter import Key, Living
from papers import words_of
from pressing import picture, pressed

from app.domain.case import CaseState
from app.domain.handover import SPECIAL_WORDS, SpecialReason
from ui.screens.handover.state import HandoverState


@pytest.fixture
def helper(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    """Window D02, which takes papers in for every item and completes none."""
    at_window(kit, "D02")
    with pressed(qtbot, kit, clerk, queue(ticket("H012")), "D02") as opened:
        yield opened


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    """Window A01, which completes 个体工商户设立登记 on the spot."""
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        yield opened


def received(counter: Living) -> None:
    """A citizen hands in the papers of an instant case, and it stays open."""
    counter.press(Key.Key_F2)
    counter.lay(CARD)
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    assert counter.state.catalogue is not None
    item = counter.state.catalogue.items["ITM-05"]
    counter.presenter.change_card(lambda card: card.choose_found(item))
    counter.press(Key.Key_Return)
    counter.press(Key.Key_Plus, Key.Key_F10)
    counter.until(lambda: outcome(counter) == "received")
    counter.printed()
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)


def leaving(counter: Living) -> HandoverState:
    """Begin the handover, as the search does by its command."""
    counter.press(Key.Key_F7)
    counter.letters("jj")
    counter.press(Key.Key_Return)
    counter.until(lambda: isinstance(counter.state.over, HandoverState))
    return sheet(counter)


def sheet(counter: Living) -> HandoverState:
    over = counter.state.over
    assert isinstance(over, HandoverState)
    return over


def test_i05_an_instant_case_is_decided_on_one_page(counter: Living) -> None:
    """I05: 即办件 run accept → decide → result on one screen: one F10 ends it, and nothing is left to hand over."""
    decide(counter, Key.Key_1)
    case = counter.state.issued
    assert case is not None
    assert case.state is CaseState.DELIVERED
    counter.printed()
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)
    assert [each for each in leaving(counter).sheet.entries if each.kind.value == "case"] == []


def test_i05_an_open_instant_case_keeps_the_window_from_closing(helper: Living) -> None:
    """I05: at closing time an open 即办 case without reason blocks 闭窗."""
    received(helper)
    (entry, *_) = leaving(helper).sheet.entries
    assert entry.unexplained
    helper.press(Key.Key_Return, Key.Key_Plus, Key.Key_F10)
    view = helper.window._view
    assert view is not None
    assert view.page.blocked.startswith("即办件今天没办完")
    assert not [each for each in helper.kit.operations() if each.kind == "shift.handed_over"]
    helper.window.resize(1920, 1080)
    picture(helper, "handover-instant")
    helper.press(Key.Key_Slash)
    assert sheet(helper).sheet.entries[0].special is SpecialReason.SYSTEM_DOWN
    helper.press(Key.Key_Slash)
    helper.press(Key.Key_F10)
    helper.until(lambda: not isinstance(helper.state.over, HandoverState))
    (told,) = [each for each in helper.kit.operations() if each.kind == "shift.handed_over"]
    assert told.payload["entries"][0]["special"] == "check_unanswered"
    job = next(each for each in iter(helper.kit.spool.next_queued, None) if each.slip == "SL-14")
    assert SPECIAL_WORDS[SpecialReason.CHECK_UNANSWERED] in words_of(job.document)


@pytest.mark.parametrize(
    ("special", "said"), [(None, ("rejected", "malformed_payload")), ("device_out", ("applied", None))]
)
def test_i05_the_server_takes_no_shift_that_ended_over_it(desk_for: Any, special: Any, said: Any) -> None:
    """A changed client hands over without a reason, signs, and is told no."""
    desk = desk_for("ITM-05")
    desk.at("2026-11-23")
    case = desk.take_in(accept=False)
    desk.sync()
    own = desk.clerk.number
    entry = {"kind": "case", "entity_id": case.case_id, "number": case.case_no, "item": case.item_name, "due": None}
    entry |= {"owner": own, "note": "", "instant": True, "special": special}
    fact = {"window": desk.clerk_window, "at_ms": desk.clock.now, "from": own, "to": "", "figures": {}, "stock": {}}
    assert desk.say_of("shift.handed_over", "shift", f"JJ-{special}", {**fact, "entries": [entry]})[-1] == said


def test_i05_open_instant_cases_and_the_rate_of_each_window_are_on_the_managers_screen(desk_for: Any) -> None:
    """I05: … and is listed on the dashboard; same-day rate per window is computed."""
    desk = desk_for("ITM-05")

    def window() -> Any:
        floor = desk.hall.ask("GET", "/v1/halls/9901/floor", "0901").json()
        return next((each for each in floor["instants"] if each["window"] == desk.clerk_window), None)

    desk.at("2026-12-01")
    before = len(window()["open"]) if window() else 0
    case = desk.take_in(accept=False)
    desk.sync()
    shown = window()
    assert (shown["came"], shown["done"], len(shown["open"])) == (1, 0, before + 1)
    assert case.case_no in shown["open"]
    desk.give_back(case)
    desk.sync()
    shown = window()
    assert shown is None or case.case_no not in shown["open"]
