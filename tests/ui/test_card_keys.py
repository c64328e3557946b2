"""I44 at the manager's window: a card is an alarm; its digit asks, 1 收到, 2 已处理, 3 撤销 with the reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from manager_desk import HALL, Desk, opened_desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.supervision import Card, CardRule, Rules, Wanted
from sync.server.service.raise_cards import raise_cards
from sync.server.storage import cards, feed

Key = Qt.Key
NUMBER = "9901-0003-20261110-0017-C"


@pytest.fixture
def desk(application: QApplication) -> Iterator[Desk]:
    with opened_desk() as made:
        yield made


def hang(desk: Desk, rule: CardRule = CardRule.OVERDUE) -> None:
    """The server's pass found a case past its day."""
    wanted = Wanted(f"{rule}:1", rule, NUMBER, "A03", "2026-11-17", clerk="0302")

    def work(connection: Any) -> None:
        feed.append(connection, HALL, raise_cards(desk.service.context, connection, HALL, [wanted], Rules()))

    desk.service.context.storage.write(work)
    desk.refresh()


def card(desk: Desk) -> Card:
    (found,) = desk.service.context.storage.read(lambda connection: cards.standing(connection, HALL, 0))
    return found


def test_i44_a_card_hangs_among_the_alarms_and_is_acknowledged_by_two_digits(desk: Desk) -> None:
    hang(desk)
    (alarm,) = desk.see().alarms
    assert (alarm.kind, alarm.level, alarm.ticket) == ("card", "red", NUMBER)
    desk.press("11")
    assert (card(desk).acknowledged_by, card(desk).closed_ms) == ("device:manager", None)
    assert desk.see().alarms == []
    desk.clock.now += 31 * 60_000
    assert [each.kind for each in desk.see().alarms] == ["card"], "what hangs on comes again after half an hour"


@pytest.mark.parametrize(("digit", "closed_as"), [("2", "handled"), ("3", "withdrawn")])
def test_i44_a_card_is_closed_with_words_only(desk: Desk, digit: str, closed_as: str) -> None:
    hang(desk)
    desk.press("1", digit, Key.Key_F10)
    assert card(desk).closed_ms is None
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.insert("已督促经办人今天办结")
    desk.press(Key.Key_F10)
    assert (card(desk).closed_as, card(desk).words) == (closed_as, "已督促经办人今天办结")
    assert desk.see().alarms == []


def test_i44_another_digit_or_escape_answers_nothing(desk: Desk) -> None:
    hang(desk)
    desk.press("1", "7", Key.Key_Escape)
    assert (card(desk).acknowledged_ms, desk.sent) == (None, 0)


def test_the_card_and_its_question_are_drawn(desk: Desk, tmp_path: Path) -> None:
    hang(desk)
    desk.press("1")
    assert desk.window.grab().save(str(tmp_path / "cards.png"))
