"""What the manager does about a card by its digit: 1 收到, 2 已处理 and 3 撤销, both in their own words."""

from dataclasses import replace
from urllib.parse import quote

from app.domain.floor import AlarmKind
from app.domain.floor_alarms import CARD_KEY
from sync.protocol.card_messages import MOST_WORDS, CardAnswer
from sync.protocol.floor_messages import FloorState, Nothing
from ui.screens.floor.acts import Wish
from ui.screens.floor.state import Ask, Question

_ACKNOWLEDGE = "1"
_WRITE = {"2": Question.CARD_HANDLED, "3": Question.CARD_WITHDRAWN}
_VERBS = {Question.CARD_HANDLED: ("handle", "已处理"), Question.CARD_WITHDRAWN: ("withdraw", "已撤销")}


def card_asked(floor: FloorState, number: int) -> Ask | None:
    """Return the question about the alarm of that digit; None where it is no card."""
    if not 0 < number <= len(floor.alarms) or floor.alarms[number - 1].kind != AlarmKind.CARD:
        return None
    alarm = floor.alarms[number - 1]
    return Ask(Question.CARD, ticket=alarm.ticket or "", card=alarm.key.removeprefix(CARD_KEY))


def card_answered(ask: Ask, sign: str) -> Wish | Ask | None:
    """Return what a digit leads to: the act itself, or the question how or why."""
    if sign == _ACKNOWLEDGE:
        return Wish(f"cards/{quote(ask.card)}/acknowledge", Nothing(), f"督办卡 {ask.ticket} 收到")
    question = _WRITE.get(sign)
    return None if question is None else replace(ask, question=question)


def card_written(ask: Ask, words: str) -> Wish | None:
    """Return the act with what was written; None while nothing is, or where something else is asked."""
    said, verb = words.strip()[:MOST_WORDS], _VERBS.get(ask.question)
    if verb is None or not said:
        return None
    return Wish(f"cards/{quote(ask.card)}/{verb[0]}", CardAnswer(words=said), f"督办卡 {ask.ticket} {verb[1]}")
