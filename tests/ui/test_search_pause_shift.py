"""Search, pause, lock, sign-in and handover by real keys in the living window."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from living_counter import Key, Living, living
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens

from app.domain.catalogue.organisation import Authority
from app.domain.clerk import Clerk
from app.ports.scanner import Scanned
from app.usecases.acting import ActRefusal, ActRefused
from ui.screens.counter import acts, queue_acts
from ui.screens.counter.parts import CounterParts

CTRL = Qt.KeyboardModifier.ControlModifier


def wrong(password: str) -> None:
    if password != "right":
        raise ActRefused(ActRefusal.WRONG_PASSWORD)


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, queue: Any, ticket: Any) -> Iterator[Living]:
    with living(qtbot, clock, kit, clerk, authority=queue(ticket("A012"), ticket("A013"))) as open_:
        open_.window.resize(1920, 1080)
        open_.parts = replace(open_.parts, unlock=wrong, cover_after_s=120)
        open_.presenter._parts = open_.parts
        yield open_


def serve(counter: Living) -> None:
    counter.press(Key.Key_F2, Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "serving")


def accept(counter: Living, ready_card: Any) -> str:
    """Accept a case by the act behind F10 and hand the paper over; returns its number."""
    serve(counter)
    counter.presenter.act(lambda parts: acts.decide(parts, ready_card("ITM-02"), Authority.ACCEPT))
    counter.until(lambda: counter.state.issued is not None and not counter.state.busy)
    counter.printed()
    number = counter.state.issued.case_no
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)
    return number


def shown(counter: Living, name: str) -> QWidget:
    found = counter.window.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_a_case_is_found_by_letters_and_date_and_its_paper_is_shown(
    counter: Living, ready_card: Any, screens: Screens
) -> None:
    number = accept(counter, ready_card)
    counter.keys = 0
    counter.press(Key.Key_F7)
    counter.letters("c 1123")
    counter.until(lambda: len(counter.state.over.hits) == 1)
    counter.press(Key.Key_Return)
    assert counter.keys == 2 + len("c 1123")
    counter.until(lambda: counter.state.over.slip is not None)
    row = shown(counter, f"search_hit__{number}")
    assert "陈**" in row.accessibleName()
    assert "990101199003070015" not in row.accessibleName()
    screens.keep(counter.window, "search-XL.png")
    counter.press(Key.Key_Space)
    assert counter.state.over.showing
    screens.keep(counter.window, "search-slip-XL.png")
    counter.press(Key.Key_Escape, Key.Key_Escape, Key.Key_Escape)
    assert counter.state.over is None
    assert counter.window.property("uiState") == "idle"
    assert counter.focus != "search_box"


def test_nobody_is_listed_for_a_single_letter(counter: Living, ready_card: Any) -> None:
    accept(counter, ready_card)
    counter.press(Key.Key_F7)
    counter.letters("c")
    assert counter.state.over.hits == ()
    assert "至少两个词" in shown(counter, "search_empty").text()


def test_the_search_parks_the_citizen_and_gives_everything_back(counter: Living) -> None:
    counter.press(Key.Key_F2)
    counter.press(Key.Key_Return)
    card, focus = counter.state.card, counter.focus
    counter.press(Key.Key_F7)
    assert counter.window.property("uiState") == "searching"
    counter.letters("1123")
    counter.press(Key.Key_Escape)
    assert (counter.window.property("uiState"), counter.state.card, counter.focus) == ("serving", card, focus)


def test_a_half_typed_ticket_number_is_there_again_after_a_search(counter: Living) -> None:
    counter.press(Key.Key_F2, modifier=Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(QApplication.focusWidget(), "A0")
    counter.press(Key.Key_F7, Key.Key_Escape)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert (field.objectName(), field.text()) == ("work_ticket_entry", "A0")


def test_a_pause_takes_three_keys_and_keeps_the_citizen(counter: Living, kit: Any, screens: Screens) -> None:
    serve(counter)
    card, counter.keys = counter.state.card, 0
    counter.press(Key.Key_Pause, Key.Key_1, Key.Key_Return)
    assert counter.keys == 3
    counter.until(lambda: counter.state.pausing is not None)
    assert counter.window.property("uiState") == "paused"
    pause = counter.state.pausing
    assert (pause.reason.value, pause.minutes) == ("materials", 15)
    assert kit.operations()[-1].kind == "window.paused"
    screens.keep(counter.window, "pause-XL.png")
    counter.press(Key.Key_F2, Key.Key_F7, Key.Key_Escape)
    assert counter.window.property("uiState") == "paused"
    counter.write("wrong")
    counter.press(Key.Key_Return)
    counter.until(lambda: "口令不对" in shown(counter, "pause_error").text())
    counter.write("right")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "serving")
    assert counter.state.card == card
    assert kit.operations()[-1].kind == "window.resumed"


def test_a_window_is_locked_with_one_key_and_nothing_is_recorded(counter: Living, kit: Any) -> None:
    before, counter.keys = len(kit.operations()), 0
    counter.press(Key.Key_L, modifier=CTRL)
    assert counter.keys == 1
    assert counter.window.property("uiState") == "locked"
    counter.write("right")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "idle")
    assert len(kit.operations()) == before


def test_a_quiet_window_is_covered_and_a_served_citizen_is_only_masked(counter: Living, kit: Any) -> None:
    counter.presenter._on_tick()
    assert counter.window.property("uiState") == "idle"
    kit.clock.advance(121_000)
    counter.presenter._on_tick()
    assert counter.window.property("uiState") == "locked"
    counter.write("right")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "idle")
    serve(counter)
    kit.clock.advance(121_000)
    counter.presenter._on_tick()
    assert counter.window.property("uiState") == "serving"
    assert shown(counter, "work_person_name").text() == "已遮挡"
    counter.press(Key.Key_F7)
    assert not counter.state.shaded


def test_a_key_after_the_time_finds_the_cover_though_the_second_has_not_come_round(counter: Living, kit: Any) -> None:
    """The cover does not fall a moment later, on the citizen whom the key has called."""
    counter.presenter._on_tick()
    before = len(kit.operations())
    kit.clock.advance(121_000)
    counter.press(Key.Key_F2)
    assert (counter.window.property("uiState"), counter.state.visit) == ("locked", None)
    assert len(kit.operations()) == before
    counter.write("right")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "idle")
    serve(counter)


def test_a_scan_after_the_time_finds_the_cover(counter: Living, kit: Any) -> None:
    counter.presenter._on_tick()
    kit.clock.advance(121_000)
    counter.bridge.scanner.emit(Scanned("A012"))
    assert (counter.window.property("uiState"), counter.state.busy) == ("locked", False)


def test_no_cover_falls_on_a_citizen_who_is_coming_just_now(counter: Living, kit: Any) -> None:
    """Who lays a card at a window that was left alone opens a visit; it may be longer on its way than the second."""
    counter.presenter._on_tick()
    on_its_way = Event()

    def slowly(parts: CounterParts) -> acts.Done:
        on_its_way.wait(10)
        return queue_acts.come_without_ticket(parts)

    counter.presenter.act(slowly)
    kit.clock.advance(121_000)
    counter.presenter._on_tick()
    on_its_way.set()
    counter.until(lambda: counter.state.visit is not None and not counter.state.busy)
    assert counter.window.property("uiState") == "serving"
    counter.presenter._on_tick()
    assert (counter.window.property("uiState"), counter.state.shaded) == ("serving", True)


def test_a_handover_takes_seven_keys_and_blocks_while_a_case_has_no_owner(
    counter: Living, kit: Any, ready_card: Any, screens: Screens
) -> None:
    number = accept(counter, ready_card)
    counter.keys = 0
    counter.press(Key.Key_F7)
    counter.letters("jj")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "handover")
    assert counter.window.findChild(QWidget, "key_F10").isEnabled() is False
    screens.keep(counter.window, "handover-open-XL.png")
    counter.press(Key.Key_Return)
    counter.press(Key.Key_Plus)
    assert counter.state.over.sheet.ownerless == ()
    counter.press(Key.Key_Tab)
    counter.write("请盯着")
    counter.until(lambda: counter.state.over.paper is not None)
    screens.keep(counter.window, "handover-XL.png")
    counter.keys -= 1  # Tab leads to the note, which is not counted
    counter.press(Key.Key_F10)
    assert counter.keys == 7
    counter.until(lambda: counter.state.over is None and not counter.state.busy)
    handed = kit.operations()[-1]
    assert handed.kind == "shift.handed_over"
    entry = handed.payload["entries"][0]
    assert (entry["number"], entry["owner"], entry["note"]) == (number, "0302", "请盯着")
    job = kit.spool.next_queued()
    assert job is not None
    assert job.slip == "SL-14"
