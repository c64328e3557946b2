"""Ctrl+G while a citizen is back with a notice: its questions, its key, and the page for the floor manager."""

from app.domain.visit import VisitState
from app.domain.work.adding import addable
from app.domain.work.card import WorkCard
from app.domain.work.supplement import AddingReason
from ui.screens.consent.state import ConsentState
from ui.screens.consent.view_model import ConsentView
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import KeyState
from ui.texts import text
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tone

ICON = "ph.shield-check"
MOST = 9
"""Digits there are."""


def consent_key(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+G where something may be added to a notice at all."""
    serving = state.visit is not None and state.visit.state is VisitState.SERVING and state.issued is None
    wanted = serving and state.card is not None and bool(addable(state.card))
    return (KeyState("act_addMaterial"),) if wanted else ()


def which_question(card: WorkCard) -> FaultView:
    """Return what Ctrl+G asks."""
    options = tuple(FaultOption(each.line.material.name, "", "加") for each in addable(card)[:MOST])
    return FaultView(ICON, "告知书上没有，再加哪一件？", "要值班经理到场同意", options, Tone.WARN)


def why_question(name: str) -> FaultView:
    """Return what is asked once the material is known."""
    options = tuple(FaultOption(text(f"adding_{each.value}"), "", "") for each in AddingReason)
    return FaultView(ICON, "为什么上次没有告知？", name, options, Tone.WARN)


def consent_view(entering: ConsentState) -> ConsentView:
    """Return the page."""
    return ConsentView(
        title="再加一件材料，请值班经理同意",
        facts=(("材料", entering.name), ("理由", text(f"adding_{entering.reason.value}"))),
        note="记入台账，算二次补正。按 Esc 不加，回到办件。",
        error=text(entering.error) if entering.error else "",
        busy=entering.checking,
    )
