"""What a scan does at the counter: a ticket or a notice brings its citizen, a receipt opens its case (flows.md 3, 12).

A scan never goes where the keyboard is: it lands in a field only where that field asked for what was scanned.
"""

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.business_day import business_date
from app.domain.person import Slot
from app.domain.scan import (
    CaseCode,
    CreditCode,
    EitherCode,
    IdentityCode,
    NotTaken,
    TicketCode,
    TokenCode,
    read_scan,
)
from app.domain.visit import VisitState
from app.ports.scanner import Scanned, ScannerBack, ScannerEvent, ScannerLost, ScanUnreadable
from app.usecases.open_day import open_day
from app.usecases.present_code import present_code
from app.usecases.present_paper import numbers_of
from ui import intents
from ui.screens.counter import acts, notice_acts, pause, persons, search, tones
from ui.screens.counter import tokens as tokens_of_phones
from ui.screens.counter.acts import Done
from ui.screens.counter.build.person_entry import entry_of
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.screens.handover.state import HandoverState
from ui.screens.search.state import SearchState
from ui.widgets.views import DeviceState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

log = logging.getLogger(__name__)

KEY: Final = "scanner"


def heard(presenter: "CounterPresenter", event: ScannerEvent) -> None:
    """Take what the scanner tells, on the GUI thread."""
    match event:
        case Scanned() | ScanUnreadable() if presenter.state.clerk is None or presenter.state.covered:
            log.info("scan.not_now")  # nobody is at the window to see what a scan would do
        case Scanned(text):
            if pause.touch(presenter):
                _scanned(presenter, text)
        case ScanUnreadable(reason):
            _say(presenter, reason.value)
        case ScannerLost():
            _stands(presenter, DeviceStatus(DeviceState.WARN, "scanner_lost"))
        case ScannerBack():
            _stands(presenter, DeviceStatus())


def _stands(presenter: "CounterPresenter", status: DeviceStatus) -> None:
    presenter.update(devices={**presenter.state.devices, KEY: status})


def _scanned(presenter: "CounterPresenter", text: str) -> None:
    tokens = presenter.parts.tokens if presenter.parts is not None else ()
    scan = read_scan(text, business_date(presenter.state.now_ms), [each.recognises for each in tokens])
    log.info("scan.heard kind=%s", type(scan).__name__)
    match scan:
        case TicketCode():
            _ticket(presenter, scan)
        case CaseCode(number):
            _case(presenter, number)
        case IdentityCode(number):
            _into_entry(presenter, "number", number)
        case CreditCode(code):
            _into_entry(presenter, "uscc", code)
        case EitherCode(number):
            entry = entry_of(presenter.state)
            wants_code = entry is not None and entry.slot is Slot.ORGANISATION
            _into_entry(presenter, "uscc" if wants_code else "number", number)
        case TokenCode() if refusal := tokens_of_phones.take(presenter, scan):
            _say(presenter, refusal)
        case NotTaken(fault):
            _say(presenter, fault.value)


def _ticket(presenter: "CounterPresenter", code: TicketCode) -> None:
    state = presenter.state
    if state.visit is not None and state.visit.state is not VisitState.CALLED:
        _say(presenter, "scan_visit_open")
    elif state.over is not None or state.ask is not None:
        _say(presenter, "scan_close_first")
    elif state.busy:
        _say(presenter, "scan_again")
    else:
        tones.read(presenter)
        presenter.act(partial(_present, code=code))


def _present(parts: CounterParts, *, code: TicketCode) -> Done:
    open_day(parts.store, parts.clock, parts.clerk)
    present_code(parts.store, parts.clock, code, parts.clerk)
    parts.wake_sync()
    return acts.look(parts)


def _case(presenter: "CounterPresenter", number: str) -> None:
    """Bring back who shows an open notice to a free window; anybody else's paper is looked at."""
    state = presenter.state
    if state.over is not None and not isinstance(state.over, SearchState):
        _say(presenter, "scan_close_first")
        return
    tones.read(presenter)
    if _free(state):
        presenter.aside(partial(_is_open_notice, number=number), partial(_looked_up, presenter, number))
    else:
        search.open_scanned(presenter, number)


def _free(state: CounterState) -> bool:
    return state.visit is None and state.over is None and state.ask is None and not state.busy


def _is_open_notice(parts: CounterParts, *, number: str) -> bool:
    with parts.store.read() as view:
        return any(number in numbers_of(each) for each in view.noticed_cases())


def _looked_up(presenter: "CounterPresenter", number: str, notice: object) -> None:
    if notice is True and _free(presenter.state):
        presenter.act(partial(notice_acts.come_back, number=number))
    else:
        search.open_scanned(presenter, number)


def _into_entry(presenter: "CounterPresenter", field: str, number: str) -> None:
    """Put a number into the open form of a person or an organisation, if it asks for one and has none yet."""
    state = presenter.state
    entry = entry_of(state) if state.over is None and state.ask is None else None
    asked = entry is not None and (entry.slot is Slot.ORGANISATION) == (field == "uscc")
    if entry is None or not asked:
        _say(presenter, "scan_credit_unasked" if field == "uscc" else "scan_number_unasked")
    elif entry.typed[entry.slot].get(field):
        _say(presenter, "scan_field_full")
    else:
        tones.read(presenter)
        persons.handle(presenter, intents.EditPerson(field, number))


def _say(presenter: "CounterPresenter", code: str) -> None:
    """Say it on the page the clerk is looking at."""
    tones.not_read(presenter)
    over = presenter.state.over
    if isinstance(over, SearchState | HandoverState):
        presenter.update(over=replace(over, message=code))
    else:
        presenter.update(message=code)
