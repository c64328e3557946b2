"""逾期退件 on the screen: the list, and the page on which the floor manager signs off (domain rules I04, L10)."""

from collections.abc import Sequence
from typing import Final

from app.domain.business_day import business_date
from app.domain.case import Case
from app.domain.masking import mask_name
from app.domain.overdue_return import OverdueKind, overdue
from app.domain.receipt import date_words
from ui.screens.consent.view_model import ConsentView
from ui.screens.counter.overdue_state import OverdueState
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import KeyState
from ui.texts import text
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tone

SHOWN: Final = 6
"""As many as the pane has room for in the smallest window; the oldest come first."""
_ICON = "ph.arrow-u-up-left"
_WHAT = {OverdueKind.SUPPLEMENT: "补正材料没有补齐", OverdueKind.DEFERRED: "容缺材料没有补齐"}


def overdue_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+I while nobody sits at the window."""
    return (KeyState("act_overdue"),) if state.visit is None and state.clerk is not None else ()


def which_question(cases: Sequence[Case], others: int) -> FaultView:
    """Return the list with its digits."""
    options = tuple(
        FaultOption(f"{mask_name(str(each.applicant.get('name', '')))}　{each.item_name}", each.case_no, "退件")
        for each in cases
    )
    return FaultView(_ICON, "逾期没有补齐，退哪一件？", f"另有 {others} 件" if others else "", options, Tone.WARN)


def overdue_view(state: CounterState, over: OverdueState) -> ConsentView:
    """Return the page."""
    found = overdue(over.case, business_date(state.now_ms))
    what = f"{_WHAT[found[0]]}，最迟{date_words(found[1])}" if found is not None else ""
    return ConsentView(
        title="逾期退件要值班经理复核",
        facts=(
            ("申请人", mask_name(str(over.case.applicant.get("name", "")))),
            ("办件编号", over.case.case_no),
            ("理由", what),
        ),
        note="打印退件告知单，材料退还，记入退件台账。按 Esc 不退。",
        error=text(over.error) if over.error else "",
        busy=over.checking,
    )
