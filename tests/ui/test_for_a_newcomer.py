"""What the window tells somebody new: F1 the keys of the moment, the lock by the mouse, and what to do when stuck."""

from collections.abc import Iterator
from typing import Any

import pytest
from living_counter import LATCH_MS, Key, Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_counter_screens import SIZES, cut_texts

from app.domain.clerk import Clerk
from app.ports.card_reader import CardUnreadable
from app.ports.device_fault import Advice, FaultReason
from app.storage.messages import sentence
from ui.keymap import load_keymap
from ui.screens.counter.commands import KNOWN, PANEL


@pytest.fixture
def counter(qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, *, queue: Any, ticket: Any) -> Iterator[Living]:
    with living(qtbot, clock, kit, everywhere(clerk), authority=queue(ticket("A012"))) as made:
        yield made


def strip(counter: Living) -> QWidget | None:
    """The strip where it shows."""
    part = counter.window.findChild(QWidget, "key_help")
    return part if part is not None and part.isVisible() else None


def told(counter: Living) -> str:
    part = strip(counter)
    return part.accessibleName() if part is not None else ""


def test_f1_tells_the_keys_of_this_moment_and_the_work_goes_on_under_it(counter: Living) -> None:
    cap = counter.window.findChild(QWidget, "key_F1")
    assert cap is not None
    assert cap.property("state") == "normal"
    counter.press(Key.Key_F1)
    assert "F2 叫号：" in told(counter)
    assert "F10" not in told(counter)
    counter.press(Key.Key_F2)
    assert strip(counter) is None
    counter.until(lambda: counter.state.visit is not None)
    counter.press(Key.Key_F1)
    assert "F3 重呼：" in told(counter)
    assert "F2" not in told(counter).replace("Shift F2", "")
    counter.press(Key.Key_Return)
    assert "F12 结束：" in told(counter)
    counter.press(Key.Key_2)
    assert counter.state.card is not None
    assert counter.state.card.item is not None
    assert strip(counter) is not None


def test_it_goes_by_f1_by_esc_and_when_a_held_f1_is_let_go(counter: Living) -> None:
    counter.press(Key.Key_F1, Key.Key_F1)
    assert strip(counter) is None
    counter.press(Key.Key_F7, Key.Key_F1, Key.Key_Escape)
    assert strip(counter) is None
    assert counter.window.property("uiState") == "searching"
    counter.clock.ms += LATCH_MS
    target = QApplication.focusWidget() or counter.window
    QTest.keyPress(target, Key.Key_F1)
    assert strip(counter) is not None
    counter.clock.ms += LATCH_MS
    QTest.keyRelease(target, Key.Key_F1)
    assert strip(counter) is None


def test_it_is_whole_over_the_keys_in_every_layout_class(counter: Living, screens: Screens) -> None:
    counter.press(Key.Key_F2, Key.Key_Return, Key.Key_2)
    for density, size in SIZES.items():
        counter.window.resize(*size)
        counter.press(Key.Key_F1)
        counter.until(lambda: cut_texts(counter.window) == [])
        part, keys = strip(counter), counter.window.findChild(QWidget, "key_bar")
        assert part is not None
        assert keys is not None
        assert part.geometry().bottom() + 1 == keys.geometry().top()
        assert part.geometry().top() > counter.window.height() // 3
        screens.keep(counter.window, f"help-{density}.png")
        counter.press(Key.Key_F1)


def test_the_lock_at_the_end_of_the_top_bar_locks(counter: Living) -> None:
    lock = counter.window.findChild(QAbstractButton, "top_lock")
    assert lock is not None
    QTest.mouseClick(lock, Qt.MouseButton.LeftButton)
    counter.until(lambda: counter.window.property("uiState") == "locked")


def test_a_card_that_is_not_read_is_laid_again_and_then_typed(counter: Living) -> None:
    counter.press(Key.Key_F2)
    unread = CardUnreadable(FaultReason.READ_FAILED, Advice.LAY_AGAIN)
    said = []
    for _ in range(2):
        counter.presenter.update(message="")
        counter.bridge.reader.emit(unread)
        counter.until(lambda: bool(counter.state.message))
        message = counter.window.findChild(QWidget, "key_message")
        assert message is not None
        said.append(message.accessibleName())
    assert said == ["证件没有读出来。请把证件翻面再放一次。", "证件没有读出来。请手工录入。"]


def test_the_pages_say_what_comes_before_anything_is_chosen(counter: Living) -> None:
    counter.press(Key.Key_F2, Key.Key_Return)
    foot, kind = (counter.window.findChild(QWidget, f"slip_{name}") for name in ("foot_text", "kind_tag"))
    assert foot is not None
    assert kind is not None
    counter.until(lambda: (foot.accessibleName(), kind.accessibleName()) == ("先选事项", "还没选事项"))
    counter.press(Key.Key_2, Key.Key_F12)
    summary = counter.window.findChild(QWidget, "work_sec_summary__2")
    assert summary is not None
    assert summary.accessibleName() == "没有问情形"
    counter.press(Key.Key_Escape, Key.Key_F7)
    pane = counter.window.findChild(QWidget, "search_detail")
    assert pane is not None
    counter.until(pane.isVisible)
    assert not any(button.isVisible() for button in pane.findChildren(QAbstractButton))


def test_every_key_that_may_be_on_has_its_sentence() -> None:
    keymap = load_keymap()
    families = {name.partition("__")[0] for name in keymap.bindings if name in KNOWN and name not in PANEL}
    assert all(sentence(f"help_{family}") for family in families | {"act_paper", "act_reveal"})
