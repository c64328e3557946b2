"""Those who were put aside: their rows in the rail, and the questions of F5 and Shift+F5."""

from collections.abc import Sequence
from typing import Final

from app.domain.visit import HoldReason, Visit
from ui.screens.counter.build import wording
from ui.screens.counter.held import HeldVisit
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import HeldView, Tone

REASONS: Final = {
    HoldReason.PHOTO: "补照片",
    HoldReason.MATERIALS: "取材料",
    HoldReason.ADVICE: "咨询他人",
    HoldReason.OTHER: "其他",
}
MOST_CHOICES: Final = 9
"""As many as one digit can choose from."""


def held_rows(held: Sequence[HeldVisit], now_ms: int) -> tuple[HeldView, ...]:
    """Return the rows of the rail."""
    return tuple(HeldView(each.visit.number, _reason(each), each.item, _since(each, now_ms)) for each in held)


def hold_question(visit: Visit) -> FaultView:
    """Return what F5 asks."""
    return FaultView(
        icon="ph.pause-circle",
        title=f"{visit.number} 为什么挂起？",
        detail="填的都留着，回来按 F5 取回",
        options=tuple(FaultOption(each, "", "挂起") for each in REASONS.values()),
        tone=Tone.PRI,
    )


def held_question(held: Sequence[HeldVisit]) -> FaultView:
    """Return what Shift+F5 asks."""
    return FaultView(
        icon="ph.arrow-u-up-left",
        title="取回哪一位？",
        detail="接着上次停下的地方办",
        options=tuple(
            FaultOption(each.visit.number, " · ".join(filter(None, (_reason(each), each.item))), "取回")
            for each in held[:MOST_CHOICES]
        ),
        tone=Tone.PRI,
    )


def _reason(held: HeldVisit) -> str:
    reason = held.visit.hold_reason
    return REASONS[reason] if reason is not None else ""


def _since(held: HeldVisit, now_ms: int) -> str:
    return wording.span(now_ms - (held.visit.held_ms or now_ms))
