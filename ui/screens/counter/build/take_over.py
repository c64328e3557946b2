"""接办 on the screen: who waits for this window to take over, and what nobody took over from it (domain rule I01)."""

from typing import Final

from app.domain.floor import Level, Thresholds, contact_level
from app.domain.visit import VisitState
from ui.screens.counter.build import wording
from ui.screens.counter.line import Asked
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import KeyState
from ui.widgets.slip_views import FaultOption, FaultView, NoticeView
from ui.widgets.views import Tone

KEY: Final = "Ctrl+J"
MOST_CHOICES: Final = 9
"""As many as one digit can choose from."""
SHOWN: Final = 3
"""Notices beside the work; the question lists the others."""


def open_contacts(state: CounterState) -> tuple[Asked, ...]:
    """Return what can be taken over here now: of the citizen at the window first, then the one that waits longest."""
    ticket = state.visit.ticket_id if state.visit else None
    taken = state.handing.taken
    known = [each for each in state.line.contacts if (each.contact.contact_id, each.contact.rev) not in taken]
    return tuple(sorted(known, key=lambda each: ticket is None or each.contact.ticket_id != ticket))


def take_over_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+J where there is something to take over and no paper is out."""
    out = state.visit is not None and state.visit.state is VisitState.ISSUED
    return (KeyState("act_takeOver"),) if open_contacts(state) and not out else ()


def question(state: CounterState) -> FaultView:
    """Return what Ctrl+J asks."""
    return FaultView(
        icon="ph.hand-grabbing",
        title="接办哪一件首问？",
        detail="接办以后由您负责到底",
        options=tuple(_option(state, each) for each in open_contacts(state)[:MOST_CHOICES]),
        tone=Tone.PRI,
    )


def notices(state: CounterState) -> tuple[NoticeView, ...]:
    """Return the first of them as notices of the right pane; red once the configured minutes are over."""
    return tuple(_notice(state, each) for each in open_contacts(state)[:SHOWN])


def line(state: CounterState) -> str:
    """Return the line above the keys while the citizen at the window was first asked elsewhere."""
    visit = state.visit
    found = next(iter(open_contacts(state)), None)
    here = visit is not None and visit.ticket_id is not None and visit.state is not VisitState.ISSUED
    if visit is None or not here or found is None or found.contact.ticket_id != visit.ticket_id:
        return ""
    return f"{visit.number} 首问在 {_owner(found)}，按 {KEY} 接办，由您负责到底"


def _option(state: CounterState, each: Asked) -> FaultOption:
    minutes = _minutes(state, each)
    if _is_own(state, each):
        return FaultOption(f"{each.contact.number} 收回，自己办", f"{each.window} {minutes} 分没有接办", "收回")
    waited = f"，已 {minutes} 分" if minutes else ""
    return FaultOption(each.contact.number, f"{_owner(each)}转来{waited}{_due(each)}", "接办")


def _notice(state: CounterState, each: Asked) -> NoticeView:
    minutes = _minutes(state, each)
    limits = state.catalogue.floor if state.catalogue else Thresholds()
    tone = Tone.ERR if contact_level(minutes, limits) is Level.RED else Tone.WARN
    since = wording.clock(each.contact.handed_ms)
    if _is_own(state, each):
        told = f"{each.contact.number} 转到 {each.window}，{minutes} 分没人接办"
        return NoticeView("首问没人接办", since, ((told,), (f"首问还在您：打电话催，或按 {KEY} 收回",)), tone)
    told = f"{each.contact.number}，{_owner(each)}转来{_due(each)}"
    return NoticeView(f"首问等您接办 {minutes} 分", since, ((told,), (f"按 {KEY} 接办",)), tone)


def _is_own(state: CounterState, each: Asked) -> bool:
    return each.window != state.window and each.contact.owner_window == state.window


def _owner(each: Asked) -> str:
    return f"{each.contact.owner_window} 窗口 {each.contact.owner} 号"


def _due(each: Asked) -> str:
    return f"，{each.contact.due[5:]} 前答复" if each.contact.due else ""


def _minutes(state: CounterState, each: Asked) -> int:
    return max(0, state.now_ms - each.contact.handed_ms) // 60_000
