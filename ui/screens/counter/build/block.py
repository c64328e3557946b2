"""The numbers reserved for this window on the screen: which are left, that F2 calls them, and the way to give back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.domain.ticket import Ticket
from ui.screens.counter.build import manager, wording
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, HeroKind, HeroView, IdleView, KeyState
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import KeyHintView, Strong, Tag, Tone

KEY: Final = "Shift F6"
PRESENTED: Final = KeyHintView("Shift F2", "凭号票办理")


ISSUE: Final = KeyHintView("Shift F8", "给要等的发号")


def calls_alone(state: CounterState) -> bool:
    """Say whether F2 calls a reserved number, though the network is gone."""
    return state.offline and bool(state.line.block) and not manager.closed(state)


def call_label(state: CounterState, otherwise: str = "凭票办理") -> str:
    """Return what F2 is called while the network is gone, ``otherwise`` with no number left; else nothing."""
    if calls_alone(state):
        return f"叫留号 {len(state.line.block)}"
    return otherwise if state.offline else ""


def numbers(block: Sequence[Ticket]) -> str:
    """Return the numbers with blanks between."""
    return " ".join(each.number for each in block)


def left_words(state: CounterState) -> str:
    """Return which numbers this window may still call by itself."""
    return f"留给本窗口的号：{numbers(state.line.block)}"


def block_hero(state: CounterState) -> HeroView:
    """Return the big card while the network is gone and a reserved number can be called."""
    first = state.line.block[0]
    known = state.catalogue.businesses.get(first.business) if state.catalogue else None
    return HeroView(
        kind=HeroKind.NEXT,
        caption="断网，叫留给本窗口的号",
        headline=known.name if known else first.business,
        detail="别的群众请出示号票，照常办",
        ticket=first.number,
        waited=("已等 ", Strong(str(wording.minutes(state.now_ms - first.issued_ms))), " 分"),
        button="呼叫留号",
        action="act_callNext",
        second=PRESENTED,
    )


def block_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Shift+F6 while there is something to give back, Shift+F8 while the hall gives out no numbers."""
    back = (KeyState("act_releaseBlock"),) if state.line.block else ()
    return (*back, KeyState("act_issueNumber")) if state.offline else back


def release_question(state: CounterState) -> FaultView:
    """Return what Shift+F6 asks: the consequence first."""
    count = len(state.line.block)
    return FaultView(
        icon="ph.arrow-u-up-left",
        title=f"{numbers(state.line.block)} 交回队里？",
        detail="各回原来的位置，别的窗口可以叫；断着网时交回，以后只能凭号票办理",
        options=(FaultOption(f"交回 {count} 个号", "按 Esc 留着", "交回"),),
        tone=Tone.PRI,
    )


def with_block(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with them counted beside the clerk's own cases: each is a citizen who waits for this window."""
    if not state.line.block or state.clerk is None or not isinstance(view.centre, IdleView):
        return view
    tag = Tag(f"留号 {len(state.line.block)} · {KEY} 交回", Tone.PRI)
    return replace(view, centre=replace(view.centre, tags=(*view.centre.tags, tag)))
