"""The question of a call out of turn (flows.md section 7)."""

from typing import Final

from app.domain.chosen import ChosenReason
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tone

REASONS: Final = {
    ChosenReason.URGENT: "群众有急事",
    ChosenReason.CORRECTION: "叫错改正",
    ChosenReason.MANAGER: "值班长安排",
    ChosenReason.OTHER: "其他",
}


def reason_question(number: str) -> FaultView:
    """Return what is asked before a number is called out of turn."""
    return FaultView(
        icon="ph.megaphone",
        title=f"为什么先叫 {number}？",
        detail="原因会记下来",
        options=tuple(FaultOption(each, "", "呼叫") for each in REASONS.values()),
        tone=Tone.PRI,
    )
