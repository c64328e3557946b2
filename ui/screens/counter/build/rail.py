"""The left column: the ticket in hand and those who wait; tickets, never names."""

from app.domain.case import CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.queue_policy import Why
from app.domain.ticket import Ticket
from app.domain.visit import Visit, VisitState
from ui.screens.counter.build import closing, wording
from ui.screens.counter.build.block import call_label, left_words
from ui.screens.counter.build.contacts import channel_tag
from ui.screens.counter.build.held import held_rows
from ui.screens.counter.held import NO_BUSINESS
from ui.screens.counter.state import CounterState
from ui.texts import text
from ui.widgets.views import FigureView, KeyHintView, NowView, RailView, Tag, Tone, WaitView

_WHY = {Why.FIRST: Tone.OFF, Why.WAITED: Tone.WARN, Why.ORDINARY_TURN: Tone.PRI, Why.RESERVED: Tone.PRI}


def rail(state: CounterState) -> RailView:
    """Return the rail."""
    return RailView(
        now=_now(state, state.visit) if state.visit else _idle(state),
        held=held_rows(state.held, state.now_ms),
        waiting=tuple(_waiting(state, ticket, n == 0) for n, ticket in enumerate(state.waiting)),
        waiting_total=None if state.offline else len(state.waiting),
        empty="" if state.clerk is None else _empty(state),
        today=_today(state),
        note=closing.rail_note(state),
    )


def item_words(catalogue: Catalogue | None, business: str) -> str:
    """Return what a ticket of this business is about."""
    known = catalogue.businesses.get(business) if catalogue else None
    return known.name if known else business or NO_BUSINESS


def _empty(state: CounterState) -> str:
    if not state.offline:
        return "没有人在等"
    return left_words(state) if state.line.block else "离线时看不到排队，请凭号票办理"


def _idle(state: CounterState) -> NowView:
    return NowView(
        caption="当前",
        timer=f"空闲 {wording.span(state.now_ms - state.idle_since_ms)}" if state.clerk else "",
        headline="等待叫号" if state.clerk else "正在开窗",
        hint=KeyHintView("F2", call_label(state, "凭号票办理") or "呼叫下一位") if state.clerk else None,
    )


def _now(state: CounterState, visit: Visit) -> NowView:
    done, mean_ms = state.done_today
    since = (visit.served_ms or visit.called_ms) + visit.away_ms
    spent = state.now_ms - since
    item = state.card.item if state.card else None
    called = visit.state is VisitState.CALLED
    return NowView(
        caption="呼叫中" if called else "正在办理",
        timer=wording.span(spent),
        ticket=visit.number,
        item=item.name if item else item_words(state.catalogue, visit.business),
        tag=_tag(state, visit),
        progress=min(1.0, spent / mean_ms) if done and mean_ms and not called else None,
        footnote=f"今日平均 {max(1, wording.minutes(mean_ms))} 分钟" if done else "",
    )


def _tag(state: CounterState, visit: Visit) -> Tag | None:
    if visit.state is not VisitState.ISSUED or state.issued is None:
        return channel_tag(visit.channel)
    return Tag("已办结" if state.issued.state is CaseState.DELIVERED else "已受理", Tone.OK)


def _waiting(state: CounterState, ticket: Ticket, first: bool) -> WaitView:  # noqa: FBT001 - the first row or not
    words = item_words(state.catalogue, ticket.business)
    priorities = state.catalogue.priorities if state.catalogue else {}
    priority = priorities.get(ticket.priority or "")
    return WaitView(
        ticket=ticket.number,
        item=words,
        minutes=wording.minutes(state.now_ms - ticket.issued_ms),
        short=words[:6],
        tag=_why(state, ticket) if first else Tag(f"{priority.name}优先", Tone.OK) if priority else None,
        first=first,
    )


def _why(state: CounterState, ticket: Ticket) -> Tag | None:
    """Return why the first of the line is the next one."""
    choice = state.line.first
    if choice is None or choice.ticket != ticket:
        return None
    priorities = state.catalogue.priorities if state.catalogue else {}
    named = priorities.get(ticket.priority or "")
    waited = wording.minutes(state.now_ms - ticket.place_ms)
    words = text(choice.why.value, priority=named.name if named else "", minutes=waited)
    return Tag(words, _WHY.get(choice.why, Tone.OK))


def _today(state: CounterState) -> tuple[FigureView, ...]:
    done, mean_ms = state.done_today
    return (
        FigureView(str(done), "今日办件"),
        FigureView(f"{max(1, wording.minutes(mean_ms))}′" if done else "—", "平均用时"),
        FigureView(str(state.link.pending), "待同步"),
    )
