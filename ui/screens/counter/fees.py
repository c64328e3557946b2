"""Ctrl+M 收费: by the published rules alone, a waiver before a second person, the receipt number (domain rule I19)."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.case import Case
from app.domain.payment import MAX_PROOF, PaymentFault, PaymentImpossible, full_amount
from app.domain.rights import Act, may
from app.usecases.open_day import open_day
from app.usecases.take_fee import take_fee
from ui import intents
from ui.screens.consent.intents import Consent
from ui.screens.counter.acts import Done, NotDone, look
from ui.screens.counter.build import fees as words
from ui.screens.counter.case_question import heard, listing, meant
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask
from ui.screens.counter.vouching import typed_fault, vouched
from ui.screens.fee.intents import OpenFee
from ui.screens.fee.state import FeeState

if TYPE_CHECKING:
    from app.domain.clerk import Clerk
    from ui.screens.counter.presenter import CounterPresenter

WHICH: Final = "fee"
WAIVER: Final = "fee_waiver"
TAKEN: Final = "fee_taken"
"""The sentence after a fee was written down."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+M, the digits of its questions, and what is typed on its page."""
    state = presenter.state
    if isinstance(state.over, FeeState):
        return _on_page(presenter, state.over, intent)
    if isinstance(intent, OpenFee):
        cases = words.unpaid(state)[: words.SHOWN]
        if len(cases) == 1 and state.issued is not None:
            _open(presenter, cases[0])
        elif cases:
            presenter.update(ask=Ask(listing(WHICH, cases), words.which_question(cases)), message="")
        return True
    return heard(presenter, intent, {WHICH, WAIVER}, _answer)


def _answer(presenter: "CounterPresenter", ask: Ask, number: int) -> None:
    """Take a digit of either question; what came meanwhile does not move the numbers."""
    case = meant(ask, number, WHICH, words.unpaid(presenter.state))
    if case is None:
        return
    if ask.kind.startswith(f"{WHICH}:"):
        _open(presenter, case)
        return
    item = words.item_of(presenter.state, case)
    if item is not None and 1 <= number <= len(item.fee_waivers) + 1:
        waiver = item.fee_waivers[number - 2] if number > 1 else None
        presenter.update(ask=None, over=FeeState(case, item, waiver, words.usual(item)), message="")


def _open(presenter: "CounterPresenter", case: Case) -> None:
    item = words.item_of(presenter.state, case)
    if item is None:
        return
    if item.fee_waivers:
        presenter.update(ask=Ask(f"{WAIVER}:{case.case_id}", words.waiver_question(item)), message="")
    else:
        presenter.update(ask=None, over=FeeState(case, item, None, words.usual(item)), message="")


def _on_page(presenter: "CounterPresenter", over: FeeState, intent: object) -> bool:
    match intent:
        case intents.WriteEnding(name, typed) if name in words.fields_of(over) and len(typed) <= MAX_PROOF:
            presenter.update(over=replace(over, values={**over.values, name: typed}, error=""))
        case intents.WriteEnding():
            pass
        case intents.ConfirmEnding() if not over.checking:
            _confirm(presenter, over)
        case Consent(number, password) if over.second:
            _check(presenter, over, number, password)
        case intents.Back() if not over.checking:
            presenter.update(over=replace(over, second=False, error="") if over.second else None, message="")
        case _:
            return False
    return True


def _confirm(presenter: "CounterPresenter", over: FeeState) -> None:
    fault = _fault(over)
    if fault:
        presenter.update(over=replace(over, error=fault))
    elif over.waiver is not None:
        presenter.update(over=replace(over, second=True, error=""))
    else:
        _take(presenter, over)


def _fault(over: FeeState) -> str:
    try:
        full_amount(over.item, words.pieces_of(over))
    except PaymentImpossible as impossible:
        return impossible.reason.value
    needed = over.waiver is not None and not over.values.get(words.PROOF, "").strip()
    return PaymentFault.PROOF_NEEDED.value if needed else ""


def _check(presenter: "CounterPresenter", over: FeeState, number: str, password: str) -> None:
    error = typed_fault(number, password)
    if error:
        presenter.update(over=replace(over, error=error))
    elif not over.checking:
        presenter.update(over=replace(over, checking=True, error=""))
        take = partial(_taken_before, over=over, number=number, password=password)
        presenter.aside(take, partial(_taken, presenter))


def _take(presenter: "CounterPresenter", over: FeeState) -> None:
    presenter.update(over=replace(over, checking=True, error=""))
    presenter.aside(partial(take, over=over, second=None), partial(_taken, presenter))


def _taken_before(parts: CounterParts, over: FeeState, number: str, password: str) -> Done | NotDone:
    """Take it before the second person, whose password stays with the act."""
    manager = vouched(parts, number, password)
    if isinstance(manager, NotDone):
        return manager
    if not may(manager.roles, Act.APPROVE_WAIVER):
        return NotDone("manager_needed")
    return take(parts, over, manager)


def take(parts: CounterParts, over: FeeState, second: "Clerk | None") -> Done:
    """Write the fee down."""
    open_day(parts.store, parts.clock, parts.clerk)
    take_fee(
        parts.store,
        parts.clock,
        over.case.case_id,
        pieces=words.pieces_of(over),
        receipt_no=over.values.get(words.RECEIPT, ""),
        waiver=over.waiver.id if over.waiver is not None else "",
        proof=over.values.get(words.PROOF, ""),
        second=second,
        by=parts.clerk,
    )
    parts.wake_sync()
    return Done(look(parts).facts, TAKEN)


def _taken(presenter: "CounterPresenter", answer: object) -> None:
    over = presenter.state.over
    if not isinstance(over, FeeState):
        return
    if isinstance(answer, NotDone):
        presenter.update(over=replace(over, checking=False, error=answer.code))
    elif isinstance(answer, Done):
        presenter.update(over=None, message=answer.message)
        presenter.look()
