"""Before F10 and F9 take a child's papers in: the guardian's separate consent is asked and kept (domain rule L13)."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.masking import mask_name
from app.domain.visit import VisitState
from app.domain.work.card import WorkCard
from app.domain.work.outcome import lacks_consent
from ui import intents
from ui.screens.counter.build.guardian import consent_question
from ui.screens.counter.state import Ask

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

KIND: Final = "guardian"
AGREED: Final = 1


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Ask in place of either key, and note the answer; the key is pressed once more to go on."""
    state = presenter.state
    asked = state.ask is not None and state.ask.kind == KIND
    match intent:
        case intents.Accept() | intents.IssueNotice() if state.over is None:
            return _ask(presenter, told_only=isinstance(intent, intents.IssueNotice))
        case intents.Answer(number) if asked:
            _answer(presenter, number)
        case intents.ConfirmAnswer() if asked:
            _answer(presenter, AGREED)
        case _:
            return False
    return True


def _ask(presenter: "CounterPresenter", *, told_only: bool) -> bool:
    """Ask where a guardian sits there; what is told before anything was handed in keeps nothing of anybody."""
    card, visit = presenter.state.card, presenter.state.visit
    if card is None or visit is None or visit.state is not VisitState.SERVING or card.guardian is None:
        return False
    if not lacks_consent(card) or (told_only and not _handed_in(card)):
        return False
    presenter.update(ask=Ask(KIND, consent_question(mask_name(card.guardian.name))), message="")
    return True


def _handed_in(card: WorkCard) -> bool:
    return bool(card.marks) or card.supplement is not None


def _answer(presenter: "CounterPresenter", number: int) -> None:
    parts = presenter.parts
    if number != AGREED or parts is None:
        presenter.update(ask=None, message="guardian_refused")
        return
    at_ms = parts.clock.now_ms()
    presenter.update(ask=None)
    presenter.change_card(lambda card: replace(card, consent_ms=at_ms))
    presenter.update(message="guardian_agreed")
