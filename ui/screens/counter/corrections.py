"""Ctrl+E: an issued paper is corrected or voided, with its reason; both are numbered questions, never a dialog."""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from app.domain.correction import CorrectionReason, VoidReason, correctable, voidable
from app.domain.visit import VisitState
from ui import intents
from ui.screens.counter import ending_acts
from ui.screens.counter.state import Ask
from ui.texts import text
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tone

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

WHICH, CORRECTING, VOIDING = "correction", "correction_reason", "void_reason"
CORRECT, VOID = 1, 2
ICON = "ph.note-pencil"


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+E and the answers to what it asks."""
    state = presenter.state
    kind = state.ask.kind if state.ask is not None else ""
    taken = True
    match intent:
        case intents.Correct():
            _ask_which(presenter)
        case intents.Answer(number) if kind == WHICH:
            _which(presenter, number)
        case intents.Answer(number) if kind == CORRECTING and 1 <= number <= len(CorrectionReason):
            presenter.update(ask=None)
            presenter.act(partial(ending_acts.reopen, reason=tuple(CorrectionReason)[number - 1]))
        case intents.Answer(number) if kind == VOIDING and 1 <= number <= len(VoidReason):
            presenter.update(ask=None)
            presenter.act(partial(ending_acts.void, reason=tuple(VoidReason)[number - 1]))
        case intents.Accept() if state.card is not None and state.card.corrects and state.issued is None:
            presenter.act(partial(ending_acts.correct, card=state.card))
        case _:
            # Enter takes no answer here: neither is the usual one.
            taken = kind in (WHICH, CORRECTING, VOIDING) and isinstance(intent, intents.Answer | intents.ConfirmAnswer)
    return taken


def _ask_which(presenter: "CounterPresenter") -> None:
    state = presenter.state
    case = state.issued
    if case is None or state.visit is None or state.visit.state is not VisitState.ISSUED:
        presenter.update(message="nothing_to_correct")
        return
    options = (
        FaultOption("更正", "改好后用原编号重新出单，两张都留档", "更正", enabled=correctable(case)),
        FaultOption("作废", "单据和办件都不再有效，留档备查", "作废", enabled=voidable(case)),
    )
    if not any(each.enabled for each in options):
        presenter.update(message="not_correctable")
        return
    view = FaultView(ICON, "更正还是作废？", "Esc 返回", options, Tone.PRI)
    presenter.update(ask=Ask(WHICH, view), message="")


def _which(presenter: "CounterPresenter", number: int) -> None:
    case = presenter.state.issued
    if case is None:
        return
    if number == CORRECT and not correctable(case):
        presenter.update(message="void_and_decide_again")
    elif number == CORRECT:
        presenter.update(ask=Ask(CORRECTING, _reasons("为什么更正？", "correct", tuple(CorrectionReason))))
    elif number == VOID and not voidable(case):
        presenter.update(message="not_correctable")
    elif number == VOID:
        presenter.update(ask=Ask(VOIDING, _reasons("为什么作废？", "void", tuple(VoidReason))))


def _reasons(title: str, prefix: str, reasons: Sequence[StrEnum]) -> FaultView:
    options = tuple(FaultOption(text(f"{prefix}_{each.value}"), "", "") for each in reasons)
    return FaultView(ICON, title, "理由记入台账", options, Tone.PRI)
