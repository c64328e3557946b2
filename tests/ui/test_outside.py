"""The display over the window and the evaluator before the citizen, with real sockets, keys and touches."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from ending_hands import at_window
from living_counter import Key, Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_counter_screens import SIZES, cut_texts, low_controls, overlaps
from test_notice_keys import call

from app.commands.system_clock import SystemClock
from app.domain.clerk import Clerk
from app.domain.link import Link, LinkStatus
from app.domain.rating import Grade, rating_mark
from app.ports.window_display import DisplayUnfit
from app.storage.messages import sentence
from devices.display.driver import LedDisplay
from devices.display.sink import DisplaySink
from devices.display.template import FOLDER as DISPLAYS
from devices.display.template import load_template
from devices.evaluator.driver import SerialKeypad
from devices.evaluator.simulator import KeypadSimulator
from devices.evaluator.template import FOLDER as KEYPADS
from devices.evaluator.template import load_keypad
from devices.transport import SerialPort
from ui.desk_intents import ChooseReason, HangOut, OpenPause
from ui.screens.counter.rating_ask import RatingPlace, Stage
from ui.screens.counter.view import CounterWindow
from ui.screens.evaluator.view_model import Asking, EvaluatorView
from ui.screens.evaluator.window import EvaluatorWindow, GradeButton
from ui.widgets.views import DeviceState
from ui.widgets.work_views import OutcomeView, RatingView

ASK_MS = 15_000
TEMPLATE = load_keypad(KEYPADS / "framed.toml")


@pytest.fixture
def counter(*, qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> Iterator[Living]:
    at_window(kit, "B01")
    with living(
        qtbot, clock, kit, everywhere(clerk), authority=queue(ticket("B012"), ticket("B013")), number="B01"
    ) as opened:
        yield opened


@pytest.fixture
def pad(counter: Living) -> Iterator[KeypadSimulator]:
    """A keypad on a socket, as the counter's opening would have started it."""
    simulator = KeypadSimulator("127.0.0.1", 0, TEMPLATE)
    simulator.start()
    driver = SerialKeypad(SerialPort("socket://{}:{}".format(*simulator.address)), TEMPLATE, retry_s=0.02)
    rates(counter, RatingPlace(driver, None, ASK_MS))
    driver.start(counter.bridge.evaluator.emit)
    counter.until(lambda: simulator.handle({"do": "state"})["listeners"] == 1)
    counter.until(lambda: "rating" in counter.state.devices)
    yield simulator
    driver.stop()
    simulator.stop()


def rates(counter: Living, place: RatingPlace) -> None:
    counter.presenter._parts = replace(counter.parts, rating=place)
    counter.presenter.look()
    counter.until(lambda: place.screen is None or "rating" in counter.state.devices)
    counter.window.activateWindow()  # the offscreen platform gives every new window the keyboard, asked or not
    counter.until(lambda: counter.window.isActiveWindow() and QApplication.focusWidget() is not None)


def tick(counter: Living, milliseconds: int) -> None:
    counter.kit.clock.advance(milliseconds)
    counter.presenter._on_tick()


def accept(counter: Living) -> str:
    """Accept the case of who was called, hand the paper out, and return its rating token."""
    call(counter)
    counter.press(Key.Key_Plus, Key.Key_F10)
    assert (counter.state.issued is not None, counter.state.rating) == (True, None), counter.state.message
    counter.printed()
    counter.until(lambda: counter.state.rating is not None)
    assert counter.state.issued is not None
    return counter.state.issued.rating_token


def card(counter: Living) -> RatingView | None:
    """The card beside the result, as the clerk sees it."""
    view = counter.window._view
    assert view is not None
    bodies = [each.body for each in view.centre.sections if isinstance(each.body, OutcomeView)]  # type: ignore[union-attr]
    return bodies[-1].rating


def ratings(counter: Living) -> list[tuple[str, Any]]:
    return [(each.entity_id, each.payload["grade"]) for each in counter.kit.operations() if each.kind == "rating.given"]


def rated(counter: Living) -> None:
    counter.until(lambda: counter.state.rating is not None and counter.state.rating.stage is Stage.GIVEN)
    counter.until(lambda: ratings(counter) != [])


def test_a_keypad_rates_once_and_the_clerk_sees_only_that(counter: Living, pad: KeypadSimulator) -> None:
    pad.handle({"do": "press", "grade": 1})  # nobody is asked yet
    token = accept(counter)
    counter.until(lambda: pad.handle({"do": "state"})["prompts"] == ["ask"])
    asked = card(counter)
    assert asked == RatingView("请群众评价", "", sentence("rating_on_the_pad"), ASK_MS)
    counting = counter.window.findChild(QLabel, "work_out_rating_state")
    assert counting is not None
    assert counting.text().startswith("剩 1")
    pad.handle({"do": "press", "grade": int(Grade.DISSATISFIED)})
    rated(counter)
    pad.handle({"do": "press", "grade": int(Grade.VERY_SATISFIED)})
    counter.until(lambda: pad.handle({"do": "state"})["prompts"] == ["ask", "end"])
    assert ratings(counter) == [(rating_mark(token), 2)]
    assert card(counter) == RatingView("群众评价", "已评价", sentence("rating_given"))
    said = [label.text() for label in counter.window.findChildren(QLabel)]
    assert not [each for each in said if "满意" in each]
    counter.press(Key.Key_F12)
    assert counter.state.visit is None


def test_a_rating_lives_through_a_restart_and_the_time_over_is_no_grade(counter: Living, pad: KeypadSimulator) -> None:
    accept(counter)
    counter.until(lambda: pad.handle({"do": "state"})["prompts"] == ["ask"])
    tick(counter, ASK_MS - 1)
    assert card(counter) is not None
    assert counter.state.rating is not None
    assert counter.state.rating.stage is Stage.ASKING
    tick(counter, 1)
    assert card(counter) == RatingView("群众评价", "未评价", sentence("rating_later"))
    pad.handle({"do": "press", "grade": 5})
    counter.until(lambda: pad.handle({"do": "state"})["prompts"] == ["ask", "end"])
    assert ratings(counter) == []
    counter.presenter.update(rating=None)  # as a program that starts anew at this visit
    pad.handle({"do": "press", "grade": 4})
    rated(counter)
    counter.presenter.update(rating=None)
    counter.presenter.look()
    counter.until(lambda: counter.state.rateable is not None and counter.state.rateable.rated)
    counter.until(lambda: counter.state.rating is not None and counter.state.rating.stage is Stage.GIVEN)
    assert len(ratings(counter)) == 1


def test_the_next_citizen_is_called_while_the_last_one_still_rates(counter: Living, pad: KeypadSimulator) -> None:
    token = accept(counter)
    counter.press(Key.Key_F2)
    assert counter.window.property("uiState") == "calling"
    pad.handle({"do": "press", "grade": 3})
    rated(counter)
    assert ratings(counter) == [(rating_mark(token), 3)]


def test_a_pulled_keypad_leaves_the_code_on_the_paper(counter: Living, pad: KeypadSimulator) -> None:
    pad.handle({"do": "unplug"})
    counter.until(lambda: counter.state.devices["rating"].state is DeviceState.WARN)
    accept(counter)
    assert card(counter) == RatingView("请群众评价", "", sentence("rating_by_phone"))
    pad.handle({"do": "plug"})
    counter.until(lambda: counter.state.devices["rating"].state is DeviceState.OK)


def citizens_window() -> EvaluatorWindow:
    (found,) = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, EvaluatorWindow) and each.isVisible()
    ]
    return found


def test_a_touch_on_the_citizens_screen_rates_without_taking_the_keyboard(counter: Living) -> None:
    rates(counter, RatingPlace(None, 1, ASK_MS))
    token = accept(counter)
    before, outside = counter.focus, citizens_window()
    assert outside._pages.currentIndex() == 0
    worst = outside.findChild(GradeButton, "rate_grade__1")
    assert worst is not None
    QTest.mouseClick(worst, Qt.MouseButton.LeftButton)
    rated(counter)
    assert ratings(counter) == [(rating_mark(token), 1)]
    assert outside._said.text() == "谢谢您的评价"
    QTest.mouseClick(worst, Qt.MouseButton.LeftButton)
    assert (len(ratings(counter)), counter.focus, counter.window.isActiveWindow()) == (1, before, True)
    tick(counter, 5_000)
    assert outside._said.text() == "B01 窗口"
    counter.presenter._outside.close()


def test_a_screen_that_is_not_there_is_said_and_its_paper_rates(counter: Living) -> None:
    rates(counter, RatingPlace(None, 8, ASK_MS))
    accept(counter)
    assert counter.state.devices["rating"].reason == "evaluator_no_screen"
    assert card(counter) == RatingView("请群众评价", "", sentence("rating_by_phone"))


def test_the_clerks_card_is_whole_in_every_layout_class(counter: Living, screens: Screens) -> None:
    rates(counter, RatingPlace(None, 1, ASK_MS))
    accept(counter)
    tick(counter, 4_000)
    for name, densities in (("online", SIZES), ("offline", ("M",))):
        if name == "offline":
            counter.bridge.link.emit(LinkStatus(Link.OFFLINE, pending=3))
            counter.until(lambda: counter.state.offline)
        for density in densities:
            counter.window.resize(*SIZES[density])
            counter.until(lambda: card_troubles(counter.window) == [])
            screens.keep(counter.window, f"rating-{name}-{density}.png")
    counter.presenter._outside.close()


def card_troubles(window: CounterWindow) -> list[str]:
    """What is cut or lies over another once the card is there."""
    if not any(each.isVisible() for each in window.findChildren(QWidget, "work_out_rating")):
        return ["no card"]
    return [*cut_texts(window), *overlaps(window)]


def needs(label: QLabel) -> int:
    """Pixels of height that a label's text takes; more than any screen has where a line is too long."""
    if label.wordWrap():
        return label.heightForWidth(label.width())
    return label.sizeHint().height() if label.sizeHint().width() <= label.width() else 1 << 20


@pytest.mark.parametrize("size", [(1024, 600), (800, 480)])
def test_the_citizens_window_is_whole(application: QApplication, screens: Screens, size: tuple[int, int]) -> None:
    window = EvaluatorWindow(application.primaryScreen())
    window.resize(*size)
    window.show()
    views = {
        "asking": EvaluatorView(Asking.GRADE, "A03", "市场准入", 0.7),
        "thanks": EvaluatorView(Asking.THANKS, "A03", "市场准入"),
        "nobody": EvaluatorView(Asking.NOBODY, "A03", "市场准入"),
        "pausing": EvaluatorView(Asking.NOBODY, "A03", "市场准入", pausing=True),
    }
    for name, view in views.items():
        window.show_view(view)
        application.processEvents()
        screens.keep(window, f"evaluator-{name}-{size[0]}.png")
        cut = [each.text() for each in window.findChildren(QLabel) if each.isVisible() and needs(each) > each.height()]
        assert cut == []
    window.show_view(views["asking"])
    for button in window.findChildren(QAbstractButton):
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()) + 8
        assert min(button.width(), button.height()) >= size[1] // 5
    assert not window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert window.close(), "a window that will not close keeps the program from ending"
    window.deleteLater()


def test_the_display_follows_the_window(counter: Living) -> None:
    template = load_template(DISPLAYS / "text-line.toml")
    sink = DisplaySink("127.0.0.1", 0, template)
    sink.start()
    display = LedDisplay(
        SerialPort("socket://{}:{}".format(*sink.address)),
        template,
        SystemClock(),
        address=3,
        retry_s=0.02,
        look_s=0.02,
    )
    display.start(counter.bridge.display.emit)
    counter.presenter._parts = replace(counter.parts, show_display=display.show)

    def shows(text: str) -> None:
        counter.until(lambda: sink.handle({"do": "state"})["shown"].get("3") == text)

    try:
        counter.presenter.look()
        shows("B01号窗口")
        counter.bridge.display.emit(DisplayUnfit("ticket"))
        assert counter.state.devices["caller"].reason == "display_unfit"
        counter.press(Key.Key_F2)
        shows("请B012号")
        assert counter.state.devices["caller"].state is DeviceState.OK
        sink.handle({"do": "unplug"})
        counter.until(lambda: counter.state.devices["caller"].state is DeviceState.WARN)
        assert sentence("display_lost") in [each.text for each in counter.window._view.top.devices]  # type: ignore[union-attr]
        assert counter.window._view.message == sentence("call_aloud")  # type: ignore[union-attr]
        sink.handle({"do": "plug"})
        counter.until(lambda: counter.state.devices["caller"].state is DeviceState.OK)
        assert counter.window._view.message == ""  # type: ignore[union-attr]
        shows("请B012号")
        for intent in (OpenPause(), ChooseReason(5), HangOut()):
            counter.window.intent.emit(intent)
        shows("暂停服务 预计09:15回来")
        counter.presenter.end(replace(counter.state, clerk=None))
        shows("")
    finally:
        display.stop()
        sink.stop()
    assert low_controls(counter.window) == []
    assert (cut_texts(counter.window), overlaps(counter.window)) == ([], [])
