"""A card of the electronic supervision in words: over the alarm's digit, and in the strip that answers it."""

from collections.abc import Callable

from app.domain.supervision import CardRule
from sync.protocol.floor_messages import FloorAlarm, FloorState
from ui.screens.floor.state import Ask, Question
from ui.screens.floor.view_model import StripView
from ui.texts import text

_LEVELS = {"red": "红牌", "yellow": "黄牌", "blue": "提示"}
_SEND = (("F10", "记下"),)


def card_title(alarm: FloorAlarm) -> str:
    """Return what the card is about."""
    year = alarm.ticket if alarm.subject == CardRule.CALENDAR else ""
    return f"{_LEVELS[alarm.level]} {year}{text(f'card_{alarm.subject}')}"


def card_detail(alarm: FloorAlarm) -> str:
    """Return whose it is: the number, the window, the clerk and the day."""
    due, _, clerk = alarm.note.partition(" ") if "-" in alarm.note else ("", "", alarm.note)
    where = " ".join(filter(None, (alarm.window, f"{clerk} 号" if clerk else "")))
    parts = (alarm.ticket or "", where, f"期限 {due[5:]}" if due else "")
    return "，".join(filter(None, parts))


def _card(_floor: FloorState, ask: Ask) -> StripView:
    hints = (("1", "收到"), ("2", "已处理"), ("3", "撤销"))
    return StripView(f"督办卡 {ask.ticket}", consequence="收到以后半小时再提醒；处理或撤销要写明", hints=hints)


def _handled(_floor: FloorState, ask: Ask) -> StripView:
    return StripView(f"{ask.ticket} 怎么处理的", hints=_SEND, ready=True, editor="")


def _withdrawn(_floor: FloorState, ask: Ask) -> StripView:
    return StripView(f"{ask.ticket} 为什么撤销", hints=_SEND, ready=True, editor="")


CARD_STRIPS: dict[Question, Callable[[FloorState, Ask], StripView]] = {
    Question.CARD: _card,
    Question.CARD_HANDLED: _handled,
    Question.CARD_WITHDRAWN: _withdrawn,
}
