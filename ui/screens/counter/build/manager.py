"""What the floor manager tells this window: notices in the right pane, a line while serving, and that it is closed."""

from app.domain.business_day import business_date
from app.domain.floor import Note
from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import HeroKind, HeroView
from ui.widgets.slip_views import NoticeView
from ui.widgets.views import Tone


def unseen(state: CounterState) -> tuple[Note, ...]:
    """Return today's messages the clerk has not acknowledged, the newest first."""
    if state.order is None:
        return ()
    today = business_date(state.now_ms)
    fresh = [each for each in state.order.notes if each.note_id not in state.notes_seen]
    return tuple(each for each in reversed(fresh) if business_date(each.at_ms) == today)


def notices(state: CounterState) -> tuple[NoticeView, ...]:
    """Return them as notices of the right pane."""
    return tuple(
        NoticeView("值班长喊话", wording.clock(each.at_ms), ((each.text,),), Tone.WARN, action="知道了")
        for each in unseen(state)
    )


def line(state: CounterState) -> str:
    """Return the newest one as a line above the keys, for while the right pane shows a paper."""
    notes = unseen(state)
    return f"值班长 {wording.clock(notes[0].at_ms)}：{notes[0].text}" if notes and state.visit is not None else ""


def closed(state: CounterState) -> bool:
    """Say whether the manager closed this window."""
    return state.order is not None and state.order.closed


def closed_hero() -> HeroView:
    """Return the centre of a window the manager closed."""
    return HeroView(
        kind=HeroKind.EMPTY,
        caption="值班长安排",
        headline="本窗口已关闭",
        detail="手上的件照常办；值班长重新开窗以后再叫号",
    )
