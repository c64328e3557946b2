"""Ctrl+G: a material beyond the notice is asked for only with the floor manager's consent (flows.md section 3)."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.domain.work.adding import addable, allow
from app.domain.work.supplement import Added, AddingReason
from app.ports.clerk_authority import SignInRefused
from app.usecases.allow_adding import allow_adding
from ui import intents
from ui.screens.consent.intents import Consent
from ui.screens.consent.state import ConsentState
from ui.screens.counter.acts import NotDone
from ui.screens.counter.build import consent as words
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask

if TYPE_CHECKING:
    from app.domain.work.card import WorkCard
    from ui.screens.counter.presenter import CounterPresenter

WHICH, WHY = "adding", "adding_reason"
_CODES = {"unauthorised": "wrong_password", "forbidden": "manager_needed", "malformed": "wrong_password"}


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+G, the answers to what it asks, and what the manager types."""
    state = presenter.state
    ask, over, card = state.ask, state.over, state.card
    if isinstance(over, ConsentState):
        return _on_page(presenter, over, intent)
    kind = ask.kind if ask is not None else ""
    match intent:
        case intents.AddMaterial() if card is not None:
            if addable(card):
                presenter.update(ask=Ask(WHICH, words.which_question(card)), message="")
        case intents.Answer(number) if kind == WHICH and card is not None:
            _why(presenter, card, number)
        case intents.Answer(number) if kind == WHY and card is not None and ask is not None:
            _page(presenter, card, ask, number)
        case intents.ConfirmAnswer() if kind in (WHICH, WHY):
            pass
        case _:
            return False
    return True


def _why(presenter: "CounterPresenter", card: "WorkCard", number: int) -> None:
    lines = addable(card)
    if 1 <= number <= len(lines):
        material = lines[number - 1].line.material
        presenter.update(ask=Ask(WHY, words.why_question(material.name), material.id))


def _page(presenter: "CounterPresenter", card: "WorkCard", ask: Ask, number: int) -> None:
    reasons = tuple(AddingReason)
    name = next((each.line.material.name for each in addable(card) if each.line.material.id == ask.typed), None)
    if ask.typed is None or name is None or not 1 <= number <= len(reasons):
        return
    presenter.update(ask=None, over=ConsentState(ask.typed, name, reasons[number - 1]))


def _on_page(presenter: "CounterPresenter", over: ConsentState, intent: object) -> bool:
    match intent:
        case Consent(number, password):
            _check(presenter, over, number, password)
        case intents.Back() if not over.checking:
            presenter.update(over=None, message="")
        case _:
            return False
    return True


def _check(presenter: "CounterPresenter", over: ConsentState, number: str, password: str) -> None:
    card, error = presenter.state.card, ""
    if not number:
        error = "manager_first"
    elif not password:
        error = "password_first"
    if error:
        presenter.update(over=replace(over, error=error))
    elif card is not None and not over.checking:
        presenter.update(over=replace(over, checking=True, error=""))
        ask = partial(_consented, card=card, over=over, number=number, password=password)
        presenter.aside(ask, partial(_answered, presenter))


def _consented(
    parts: CounterParts, *, card: "WorkCard", over: ConsentState, number: str, password: str
) -> Added | NotDone:
    try:
        manager = parts.vouch(number, password)
    except SignInRefused as refusal:
        return NotDone(_CODES.get(refusal.code, refusal.code))
    added = allow_adding(parts.store, parts.clock, card, over.material, over.reason, manager=manager, by=parts.clerk)
    parts.wake_sync()
    return added


def _answered(presenter: "CounterPresenter", answer: object) -> None:
    over = presenter.state.over
    if not isinstance(over, ConsentState):
        return
    if isinstance(answer, Added):
        presenter.update(over=None)
        presenter.change_card(lambda card: allow(card, answer))
        presenter.update(message="material_added", place=over.name)
    elif isinstance(answer, NotDone):
        presenter.update(over=replace(over, checking=False, error=answer.code))
