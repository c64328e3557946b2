"""The questions of a transfer: to which window, take it or not, and why not (flows.md section 7)."""

from typing import Final

from app.domain.catalogue.catalogue import Catalogue
from app.domain.rehome import REHOMED
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import DeclineReason, WindowLine
from app.domain.visit import Visit, VisitState
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import KeyState
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tone

ICON: Final = "ph.arrows-left-right"
REASONS: Final = {
    DeclineReason.NOT_OURS: "不是本窗口的业务",
    DeclineReason.DEVICE: "设备故障",
    DeclineReason.BUSY: "正在办急件",
    DeclineReason.OTHER: "其他",
}
LATER: Final = FaultOption("稍后再叫", "排在本窗口第一位", "稍后")
_MOVABLE = frozenset({VisitState.CALLED, VisitState.SERVING})


def transfer_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return F6 where somebody is here who can be sent on."""
    here = state.visit is not None and state.visit.state in _MOVABLE and state.issued is None
    return (KeyState("act_transfer"),) if here else ()


def where_question(visit: Visit, typed: str, meant: FaultOption) -> FaultView:
    """Return what F6 asks; ``meant`` is where Enter leads."""
    return FaultView(
        icon=ICON,
        title=f"{visit.number} 转到哪个窗口？",
        detail=f"窗口号 {typed}" if typed else "输入窗口号，或直接按 Enter",
        options=(meant,),
        tone=Tone.PRI,
    )


def looking() -> FaultOption:
    """Return the row while the hall is asked."""
    return FaultOption("正在看各窗口", "也可以直接输入窗口号", "稍候", waiting=True, cap="Enter")


def nowhere() -> FaultOption:
    """Return the row where no window can be suggested."""
    return FaultOption("没有开着的同类窗口", "请输入窗口号", "", enabled=False, cap="Enter")


def suggestion(line: WindowLine, catalogue: Catalogue) -> FaultOption:
    """Return the row of the suggested window."""
    return FaultOption(_name(line.window, catalogue), f"开着，{line.waiting} 人在等", "转窗", cap="Enter")


def typed_window(window: str, catalogue: Catalogue) -> FaultOption:
    """Return the row of the window that was typed."""
    return FaultOption(_name(window, catalogue), catalogue.windows[window].zone, "转窗", cap="Enter")


def unfinished() -> FaultOption:
    """Return the row while what was typed names no single window."""
    return FaultOption("没有这个窗口号", "按 Esc 重新来", "", enabled=False, cap="Enter")


def offer_question(ticket: Ticket, catalogue: Catalogue | None) -> FaultView:
    """Return what a window is asked that a ticket was handed to, or came back to."""
    business = catalogue.businesses.get(ticket.business) if catalogue else None
    words = business.name if business else ticket.business
    if ticket.state is TicketState.RETURNED:
        why = next((words for reason, words in REASONS.items() if reason.value == ticket.note), "")
        return FaultView(
            icon=ICON,
            title=f"{ticket.number} 转回来了",
            detail=f"{ticket.window} 窗口没有接" + (f"：{why}" if why else ""),
            options=(
                FaultOption("接着办", words, "呼叫"),
                LATER,
            ),
            tone=Tone.WARN,
        )
    if ticket.note == REHOMED:
        return FaultView(
            icon=ICON,
            title=f"值班长转来 {ticket.number}",
            detail="原来的窗口关了",
            options=(FaultOption("接办", words, "呼叫"), LATER),
            tone=Tone.PRI,
        )
    return FaultView(
        icon=ICON,
        title=f"{ticket.window} 窗口转来 {ticket.number}",
        detail="一分钟不答，排第一位",
        options=(FaultOption("接办", words, "呼叫"), FaultOption("不接", "选原因，退回原窗口", "退回")),
        tone=Tone.PRI,
    )


def decline_question(ticket: Ticket) -> FaultView:
    """Return what is asked of a window that does not take a ticket."""
    return FaultView(
        icon=ICON,
        title=f"{ticket.number} 为什么不接？",
        detail=f"退回 {ticket.window} 窗口，原因会告诉同事",
        options=tuple(FaultOption(each, "", "退回") for each in REASONS.values()),
        tone=Tone.PRI,
    )


def _name(window: str, catalogue: Catalogue) -> str:
    there = catalogue.businesses_at_window(window)
    return f"{window} {there[0].name if there else catalogue.windows[window].theme}"
