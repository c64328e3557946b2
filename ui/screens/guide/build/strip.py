"""The strip above the keys: what is typed, and what Enter will do."""

from collections.abc import Callable

from app.domain.revival import PLACES_BACK
from app.domain.ticket import TicketState
from sync.protocol.guide_messages import GuideState
from ui.screens.floor.typed import ticket_typed
from ui.screens.floor.view_model import StripView
from ui.screens.guide.build.lists import DIGITS, state_words
from ui.screens.guide.state import Ask, GuideViewState, Question
from ui.screens.guide.typed import SHORTEST, business_of, missed_number, reason_of

_NUMBER = ("号票上的号", "例如 A012")


def strip(state: GuideViewState) -> StripView | None:
    """Return what the open question shows; None without one."""
    ask, seen = state.ask, state.news.state
    return None if ask is None or seen is None else _STRIPS[ask.question](seen, ask)


def _issue(seen: GuideState, ask: Ask) -> StripView:
    business, reason = business_of(seen, ask.typed), reason_of(seen, ask.typed[1:])
    if business is None:
        return StripView("取哪一类的号")
    words = f"{reason.name}优先" if reason else f"前面 {business.waiting} 人"
    none = "" if business.windows else "；这一类现在没有开着的窗口，请先问值班长"
    return StripView(
        f"取号：{business.name}", ask.typed.upper(), f"{words}，打出号票{none}", _reasons(seen), ready=True
    )


def _revive(seen: GuideState, ask: Ask) -> StripView:
    number = missed_number(seen, ask.typed)
    listed = any(each.number == number for each in seen.missed)
    back = f"{number} 恢复，排到前 {PLACES_BACK} 位之后" if listed else f"{number} 不在上面，按 Enter 问服务器"
    hints = (("1–9", "上面第几个"), _NUMBER)
    return StripView("恢复哪个过号", ask.typed.upper(), back if number else "", hints, ready=bool(number))


def _first(seen: GuideState, ask: Ask) -> StripView:
    ready = len(ask.typed) >= SHORTEST
    number = ticket_typed(ask.typed)
    known = next((each for each in seen.given if each.number == number), None)
    if known is not None and known.state != TicketState.WAITING:
        return StripView(
            "哪个号优先", ask.typed.upper(), f"{number} {state_words(known)}，只有在等的号能优先", (_NUMBER,)
        )
    return StripView("哪个号优先", ask.typed.upper(), "接着选原因" if ready else "", (_NUMBER,), ready=ready)


def _reason(seen: GuideState, ask: Ask) -> StripView:
    return StripView(f"{ask.number} 为什么优先", hints=_reasons(seen))


def _find(seen: GuideState, ask: Ask) -> StripView:
    number = ticket_typed(ask.typed)
    known = next((each for each in seen.given if each.number == number), None)
    words = f"{number} {state_words(known)}" if known is not None else ""
    return StripView("查哪个号", ask.typed.upper(), words, (_NUMBER,), ready=len(ask.typed) >= SHORTEST)


def _reasons(seen: GuideState) -> tuple[tuple[str, str], ...]:
    return tuple((str(n), each.name) for n, each in enumerate(seen.priorities[:DIGITS], start=1))


_STRIPS: dict[Question, Callable[[GuideState, Ask], StripView]] = {
    Question.ISSUE: _issue,
    Question.REVIVE: _revive,
    Question.FIRST: _first,
    Question.REASON: _reason,
    Question.FIND: _find,
}
