"""Persons typed by hand: F8 twice, or Alt+6 … Alt+9 for one of the four places; each place is its own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.business_day import business_date
from app.domain.organisation import Organisation
from app.domain.person import MAX_TEXT, PersonSource, Slot
from app.domain.person_entry import fields_of, organisation_of, person_of, problems
from app.domain.visit import VisitState
from app.domain.work.card import WorkCard
from ui import intents
from ui.screens.counter import acts
from ui.screens.counter.build.person_entry import entry_of, others
from ui.screens.counter.state import CounterState, PersonEntry

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

TWICE_MS: Final = 10_000
"""F8 again within this time, and no card came of the first: the clerk wants to type."""

HERE: Final = frozenset({VisitState.CALLED, VisitState.SERVING})


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the intents about persons; the first F8 still reads a card."""
    state = presenter.state
    match intent:
        case intents.ReadCard() if state.visit is not None and state.visit.state in HERE:
            return _read(presenter)
        case intents.TypePerson(slot) if _serving(state):
            _open(presenter, slot)
        case intents.EditPerson(field, text):
            _edit(presenter, field, text)
        case intents.FinishPerson():
            _finish(presenter)
        case intents.Back() if entry_of(state) is not None and state.ask is None:
            assert state.person_entry is not None
            presenter.update(person_entry=replace(state.person_entry, open=False), message="")
        case _:
            return False
    return True


def slot_to_read(state: CounterState) -> Slot | None:
    """Return the place a card that is laid now is meant for: that of the open form; None lets the card page decide."""
    entry = entry_of(state)
    return entry.slot if entry is not None and entry.slot is not Slot.ORGANISATION else None


def _serving(state: CounterState) -> bool:
    return state.visit is not None and state.visit.state is VisitState.SERVING and state.card is not None


def _read(presenter: "CounterPresenter") -> bool:
    """Open the form on the second F8 that no card answered; else let the reader read."""
    state = presenter.state
    assert state.visit is not None
    if entry_of(state) is not None:
        return False
    asked, now = state.read_asked, _now(presenter)
    again = asked is not None and asked[0] == state.visit.visit_id and now - asked[1] <= TWICE_MS
    if asked is None or not again or _read_since(state.card, asked[1]):
        presenter.update(read_asked=(state.visit.visit_id, now))
        return False
    presenter.update(read_asked=None)
    _open(presenter, _wanted(state.card))
    if state.visit.state is VisitState.CALLED:
        presenter.act(acts.come)
    return True


def _read_since(card: WorkCard | None, asked_ms: int) -> bool:
    people = (card.applicant, card.agent, card.guardian) if card is not None else ()
    return any(each is not None and each.read_at_ms > asked_ms for each in people)


def _wanted(card: WorkCard | None) -> Slot:
    """Return the place that is still empty and needed."""
    missing_agent = card is not None and card.applicant is not None and card.by_agent and card.agent is None
    return Slot.AGENT if missing_agent else Slot.APPLICANT


def _open(presenter: "CounterPresenter", slot: Slot) -> None:
    state = presenter.state
    assert state.visit is not None
    kept = state.person_entry
    typed = dict(kept.typed) if kept is not None and kept.visit_id == state.visit.visit_id else {}
    if slot not in typed:
        typed[slot] = _typed_before(state.card, slot)
    presenter.update(person_entry=PersonEntry(state.visit.visit_id, slot, typed), message="")


def _typed_before(card: WorkCard | None, slot: Slot) -> Mapping[str, str]:
    """Return what sits there by hand, to be mended, or what a caller said; a card read is never typed over."""
    if card is None:
        return {}
    seated = card.organisation if slot is Slot.ORGANISATION else others(card)[slot]
    if isinstance(seated, Organisation):
        return {"name": seated.name, "uscc": seated.uscc}
    if seated is None and slot is Slot.APPLICANT and card.caller is not None:
        return card.caller.to_json()
    if seated is None or seated.source is not PersonSource.MANUAL:
        return {}
    return {"card_type": seated.card_type, "name": seated.name, "number": seated.number, "phone": seated.phone}


def _edit(presenter: "CounterPresenter", field: str, text: str) -> None:
    entry = entry_of(presenter.state)
    if entry is None:
        return
    if field not in fields_of(entry.slot) or len(text) > MAX_TEXT:
        presenter.update(message="no_such_person_field")
        return
    typed = {**entry.typed, entry.slot: {**entry.typed[entry.slot], field: text}}
    presenter.update(person_entry=replace(entry, typed=typed))


def _finish(presenter: "CounterPresenter") -> None:
    """Seat who was typed; with something wrong, every wrong field says what to do."""
    state, entry = presenter.state, entry_of(presenter.state)
    if entry is None or state.card is None:
        return
    typed, today = entry.typed[entry.slot], business_date(state.now_ms)
    if problems(entry.slot, typed, today, others(state.card)):
        presenter.update(person_entry=replace(entry, tried=True))
        return
    now = _now(presenter)
    if entry.slot is Slot.ORGANISATION:
        organisation = organisation_of(typed, now)
        presenter.change_card(lambda card: card.seat_organisation(organisation))
    else:
        person = person_of(typed, today, now)
        presenter.change_card(lambda card: card.seat(person, entry.slot))
    rest = {slot: each for slot, each in entry.typed.items() if slot is not entry.slot}
    presenter.update(person_entry=replace(entry, typed=rest, open=False, tried=False))


def _now(presenter: "CounterPresenter") -> int:
    return presenter.parts.clock.now_ms() if presenter.parts is not None else presenter.state.now_ms
