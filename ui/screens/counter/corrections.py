"""Ctrl+E: an issued paper is corrected or voided, with its reason; both are numbered questions, never a dialog.

Right after issuing it is the paper of the citizen at the window; in the search (F7) that of the marked case.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from app.domain.case import Case
from app.domain.correction import CorrectionReason, VoidReason, correctable, voidable
from app.domain.visit import VisitState
from ui import intents
from ui.screens.counter import ending_acts
from ui.screens.counter.build.over import shown_hits
from ui.screens.counter.state import Ask, CounterState, Found
from ui.screens.search.state import SearchState
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
    asked = kind in (WHICH, CORRECTING, VOIDING)
    taken = True
    match intent:
        case intents.Correct():
            ask_about(presenter)
        case intents.Back() if asked and state.found is not None:
            presenter.update(ask=None, found=None, over=state.found.search, message="")
        case intents.Answer(number) if kind == WHICH:
            _which(presenter, number)
        case intents.Answer(number) if kind == CORRECTING and 1 <= number <= len(CorrectionReason):
            _correct(presenter, tuple(CorrectionReason)[number - 1])
        case intents.Answer(number) if kind == VOIDING and 1 <= number <= len(VoidReason):
            _void(presenter, tuple(VoidReason)[number - 1])
        case intents.Accept() if state.card is not None and state.card.corrects and state.issued is None:
            presenter.act(partial(ending_acts.correct, card=state.card))
        case _:
            # Enter takes no answer here: neither is the usual one.
            taken = asked and isinstance(intent, intents.Answer | intents.ConfirmAnswer)
    return taken


def ask_about(presenter: "CounterPresenter") -> None:
    """Ask what is wanted of the case that is marked in the search, else of that of the citizen at the window."""
    state = presenter.state
    if not isinstance(state.over, SearchState):
        _ask_which(presenter, state.issued if _issued(state) else None, None)
        return
    shown, at = shown_hits(state, state.over), state.over.at
    if at >= len(shown):
        # What stands below the counter's own cases was taken in at other windows.
        presenter.update(over=_saying(state.over, "correct_elsewhere" if shown else "no_case_marked"))
        return
    case = shown[at]
    at_window = _issued(state) and state.issued is not None and state.issued.case_id == case.case_id
    _ask_which(presenter, case, None if at_window else Found(case, state.over))


def _issued(state: CounterState) -> bool:
    return state.visit is not None and state.visit.state is VisitState.ISSUED


def _ask_which(presenter: "CounterPresenter", case: Case | None, found: Found | None) -> None:
    if case is None:
        presenter.update(message="nothing_to_correct")
        return
    free = found is None or presenter.state.visit is None
    how = "改好后用原编号重新出单，两张都留档" if free else "先办完窗口前的群众"
    options = (
        FaultOption("更正", how, "更正", enabled=free and correctable(case)),
        FaultOption("作废", "单据和办件都不再有效，留档备查", "作废", enabled=voidable(case)),
    )
    if not correctable(case) and not voidable(case):
        over = presenter.state.over
        if isinstance(over, SearchState):
            presenter.update(over=_saying(over, "not_correctable"))
        else:
            presenter.update(message="not_correctable")
        return
    detail = case.case_no if found is not None else "Esc 返回"
    view = FaultView(ICON, "更正还是作废？", detail, options, Tone.PRI)
    presenter.update(ask=Ask(WHICH, view), found=found, over=None, message="")


def _which(presenter: "CounterPresenter", number: int) -> None:
    state = presenter.state
    case = state.found.case if state.found is not None else state.issued
    if case is None:
        return
    if number == CORRECT and state.found is not None and state.visit is not None:
        presenter.update(message="correct_when_free")
    elif number == CORRECT and not correctable(case):
        presenter.update(message="void_and_decide_again")
    elif number == CORRECT:
        presenter.update(ask=Ask(CORRECTING, _reasons("为什么更正？", "correct", tuple(CorrectionReason))))
    elif number == VOID and not voidable(case):
        presenter.update(message="not_correctable")
    elif number == VOID:
        presenter.update(ask=Ask(VOIDING, _reasons("为什么作废？", "void", tuple(VoidReason))))


def _correct(presenter: "CounterPresenter", reason: CorrectionReason) -> None:
    found = presenter.state.found
    presenter.update(ask=None, found=None)
    if found is None:
        presenter.act(partial(ending_acts.reopen, reason=reason))
    else:
        presenter.act(partial(ending_acts.reopen_found, case_id=found.case.case_id, reason=reason))


def _void(presenter: "CounterPresenter", reason: VoidReason) -> None:
    found = presenter.state.found
    presenter.update(ask=None, found=None)
    if found is None:
        presenter.act(partial(ending_acts.void, reason=reason))
    else:
        presenter.act(partial(ending_acts.void_found, case=found.case, reason=reason))


def _saying(search: SearchState, code: str) -> SearchState:
    return replace(search, message=code)


def _reasons(title: str, prefix: str, reasons: Sequence[StrEnum]) -> FaultView:
    options = tuple(FaultOption(text(f"{prefix}_{each.value}"), "", "") for each in reasons)
    return FaultView(ICON, title, "理由记入台账", options, Tone.PRI)
