"""What the time of day changes on the screen (design/design.md section 9): the time chip, and a note in the rail."""

from datetime import datetime, time
from typing import Final

from app.domain.business_day import CHINA
from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState
from ui.widgets.views import NoteView, Tone

LAST_MINUTES: Final = 30
"""From when on the chip says how long those who wait will take."""


def closing(state: CounterState, now: datetime) -> tuple[str, bool]:
    """Return what to say about closing time, and whether it has passed."""
    if state.catalogue is None or not state.catalogue.center.hours:
        return "", False
    opens = time.fromisoformat(state.catalogue.center.hours[0][0])
    closes = time.fromisoformat(state.catalogue.center.hours[-1][1])
    if now.time() < opens:
        return f"{opens:%H:%M} 开门", False
    left = _until(now, closes)
    if left > 0:
        return f"距下班 {wording.hours_and_minutes(left)}{_those_who_wait(state, left)}", False
    if state.visit is not None:
        return f"延时服务中 {wording.minutes(-left)} 分钟", True
    return f"{closes:%H:%M} 已下班", False


def rail_note(state: CounterState) -> NoteView | None:
    """Return what holds for those who still wait after closing time: whoever took a ticket is served."""
    if state.catalogue is None or not state.catalogue.center.hours or not (state.waiting or state.visit):
        return None
    closes = time.fromisoformat(state.catalogue.center.hours[-1][1])
    if _until(wording.local_time(state.now_ms), closes) > 0:
        return None
    return NoteView("ph.moon", Tone.WARN, ((f"{closes:%H:%M} 已停止取号，已取号的都办完。",),))


def _until(now: datetime, closes: time) -> int:
    return int((datetime.combine(now.date(), closes, CHINA) - now).total_seconds() * 1000)


def _those_who_wait(state: CounterState, left: int) -> str:
    """Return how many wait in the last half hour, and how long they will take at today's mean."""
    count = len(state.waiting)
    if wording.minutes(left) >= LAST_MINUTES or not count or state.offline:
        return ""
    done, mean_ms = state.done_today
    about = f"，约 {max(1, wording.minutes(count * mean_ms))} 分" if done and mean_ms else ""
    return f" · 还有 {count} 人{about}"
