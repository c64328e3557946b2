"""交班: what is not done is listed, everything gets an owner, F10 prints the sheet; then the next clerk signs in."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING

from app.domain.catalogue.organisation import Staff
from app.domain.handover import MAX_NOTE, Sheet, Stock
from app.domain.paper.errors import PaperError
from app.domain.rights import Role
from app.usecases.acting import ActRefused
from app.usecases.hand_over import begin_handover, hand_over, preview_handover, refreshed
from ui import desk_intents, intents
from ui.pictures import image_of
from ui.screens.counter import sign_in, ways_out
from ui.screens.counter.acts import NotDone
from ui.screens.counter.build.leaving import device_words
from ui.screens.counter.build.ways_out import BY_HAND, before_handing_over
from ui.screens.counter.parts import CounterParts
from ui.screens.handover.state import HandoverState
from ui.screens.search.state import SearchState, SlipPicture
from ui.widgets.views import DeviceState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

log = logging.getLogger(__name__)

STOCK_FIELDS = frozenset(each.name for each in fields(Stock))


def open_handover(presenter: "CounterPresenter") -> None:
    """Begin the handover, unless somebody is still at the desk."""
    if presenter.state.visit is not None:
        over = presenter.state.over
        if isinstance(over, SearchState):
            presenter.update(over=replace(over, message="handover_visit_open"))
        return
    presenter.aside(_begin, partial(_begun, presenter))


def _begin(parts: CounterParts) -> HandoverState:
    with parts.store.read() as view:
        sheet = begin_handover(view, parts.clerk)
        catalogue = view.catalogue()
        staff = catalogue.staff.values() if catalogue else ()
        cases = tuple(view.cases_in_hand(parts.clerk.number))
        figures = tuple(sorted(view.ended_today().items()))
    return HandoverState(sheet, _colleagues(staff, parts), cases, figures=figures)


def _colleagues(staff: Iterable[Staff], parts: CounterParts) -> tuple[Staff, ...]:
    """Return the clerks who may take over: those of this window first, then of this department, then the others."""
    by = parts.clerk

    def distance(person: Staff) -> tuple[bool, bool, str]:
        return (parts.window not in person.windows, person.department != by.department, person.number)

    others = (each for each in staff if Role.CLERK in each.roles and each.number != by.number)
    return tuple(sorted(others, key=distance))


def _begun(presenter: "CounterPresenter", begun: object) -> None:
    if isinstance(begun, HandoverState) and presenter.state.visit is None:
        stock = Stock(devices=device_words(presenter.state)[:MAX_NOTE])
        _change(presenter, replace(begun, sheet=replace(begun.sheet, stock=stock)))


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the intents of the handover while it is open."""
    state = presenter.state.over
    if not isinstance(state, HandoverState):
        return False
    return _in_handover(presenter, state, intent)


def _in_handover(presenter: "CounterPresenter", state: HandoverState, intent: object) -> bool:  # noqa: C901 - one line an intent is the clearest table
    sheet = state.sheet
    match intent:
        case desk_intents.ChooseHeir(index) if 0 <= index < len(state.colleagues):
            _change(presenter, replace(state, heir=index))
        case desk_intents.ConfirmHeir():
            _change(presenter, replace(state, settled=True))
        case desk_intents.MoveEntry(step):
            presenter.update(over=replace(state, at=_within(state.at + step, len(sheet.entries))))
        case desk_intents.GiveEntry(index, row):
            _give(presenter, state, index, state.at if row is None else row)
        case desk_intents.GiveRest() if state.heir_number:
            _change(presenter, replace(state, sheet=sheet.give_rest(state.heir_number), settled=True))
        case desk_intents.ExplainEntry() if sheet.entries:
            _change(presenter, replace(state, sheet=sheet.explain(state.at), settled=True))
        case desk_intents.SayEntry(row, text) if 0 <= row < len(sheet.entries):
            _change(presenter, replace(state, sheet=sheet.say(row, text), at=row))
        case desk_intents.CountStock(name, text) if name in STOCK_FIELDS:
            stock = replace(sheet.stock, **{name: text[:MAX_NOTE]})
            _change(presenter, replace(state, sheet=replace(sheet, stock=stock)))
        case intents.Accept():
            _finish(presenter, state)
        case intents.FaultOptionChosen(number) if state.ways:
            _go_out(presenter, state, number)
        case intents.Back():
            presenter.update(over=replace(state, ways=False) if state.ways else None, message="")
        case _:
            return False
    return True


def _within(at: int, count: int) -> int:
    return max(0, min(at, count - 1))


def _give(presenter: "CounterPresenter", state: HandoverState, index: int, row: int) -> None:
    """Give one entry away; the mark goes on to the next without an owner."""
    owners = state.owners()
    if not (0 <= index < len(owners) and 0 <= row < len(state.sheet.entries)):
        return
    sheet = state.sheet.give(row, owners[index])
    order = (*range(row + 1, len(sheet.entries)), *range(row))
    at = next((each for each in order if not sheet.entries[each].owner), row)
    _change(presenter, replace(state, sheet=sheet, at=at, settled=True))


def _change(presenter: "CounterPresenter", state: HandoverState) -> None:
    """Show the state with its heir on the sheet, and draw the paper it makes."""
    changed = replace(state, sheet=replace(state.sheet, heir=state.heir_number), message="")
    presenter.update(over=changed, ask=None)
    presenter.aside(partial(_draw, sheet=changed.sheet), partial(_drawn, presenter, changed.sheet))


def _draw(parts: CounterParts, *, sheet: Sheet) -> SlipPicture | None:
    with parts.store.read() as view:
        try:
            document = preview_handover(view, parts.clock, parts.templates, sheet)
        except PaperError:
            return None
    return SlipPicture("", image_of(parts.render(document, 0)), str(hash(document)))


def _drawn(presenter: "CounterPresenter", sheet: Sheet, paper: object) -> None:
    state = presenter.state.over
    if isinstance(state, HandoverState) and state.sheet == sheet and (paper is None or isinstance(paper, SlipPicture)):
        presenter.update(over=replace(state, paper=paper))


def _finish(presenter: "CounterPresenter", state: HandoverState) -> None:
    if state.sheet.ownerless:
        presenter.update(over=replace(state, message="owner_missing"))
        return
    if state.sheet.unexplained:
        first = next(n for n, each in enumerate(state.sheet.entries) if each.unexplained)
        presenter.update(over=replace(state, message="instant_open", at=first))
        return
    if before_handing_over(presenter.state) is not None:
        presenter.update(over=replace(state, ways=True))
        return
    _commit(presenter, state, None)


def _go_out(presenter: "CounterPresenter", state: HandoverState, number: int) -> None:
    """End the shift, and let the sheet come out the way that was chosen; 1 waits for the printer."""
    status = presenter.state.devices.get("printer")
    still = status is not None and status.state is DeviceState.FAULT
    way = ways_out.way_of(presenter.state, number) if still and number < BY_HAND else None
    if number == 1 or way is not None:
        _commit(presenter, state, way)


def _commit(presenter: "CounterPresenter", state: HandoverState, way: Callable[..., object] | None) -> None:
    parts = presenter.parts
    if parts is None or presenter.state.busy:
        return
    presenter.update(busy=True)
    presenter.shift.beside(partial(_hand_over, parts, sheet=state.sheet, way=way), partial(_finished, presenter))


def _hand_over(parts: CounterParts, *, sheet: Sheet, way: Callable[..., object] | None) -> bool:
    job = hand_over(parts.store, parts.clock, parts.templates, sheet, parts.clerk)
    if way is not None:
        try:
            way(parts, job_id=job.job_id)
        except ActRefused:
            log.info("handover.printed_meanwhile")  # the printer came back and took the sheet by itself
    parts.wake_printer()
    parts.wake_sync()
    return True


def _finished(presenter: "CounterPresenter", answer: object) -> None:
    state = presenter.state.over
    if answer is True:
        presenter.update(busy=False, over=None)
        sign_in.leave(presenter, "handed_over", state.sheet.heir if isinstance(state, HandoverState) else "")
    elif isinstance(state, HandoverState):
        code = answer.code if isinstance(answer, NotDone) else "incident"
        presenter.update(busy=False, over=replace(state, message=code))
        if code == "handover_changed":
            presenter.aside(partial(_again, sheet=state.sheet), partial(_refreshed, presenter, code))


def _again(parts: CounterParts, *, sheet: Sheet) -> HandoverState:
    """Return the handover begun anew, with the owners and notes that were given."""
    begun = _begin(parts)
    with parts.store.read() as view:
        return replace(begun, sheet=refreshed(view, parts.clerk, sheet), settled=True)


def _refreshed(presenter: "CounterPresenter", code: str, begun: object) -> None:
    state = presenter.state.over
    if isinstance(begun, HandoverState) and isinstance(state, HandoverState):
        _change(presenter, replace(begun, heir=state.heir))
        now = presenter.state.over
        if isinstance(now, HandoverState):
            presenter.update(over=replace(now, message=code))
