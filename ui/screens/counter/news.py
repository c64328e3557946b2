"""What devices, printer and link tell: it changes the state, and sometimes means that the citizen has come."""

import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.domain.link import Link, LinkStatus
from app.domain.person import Person, Slot
from app.domain.visit import Admission, Visit, VisitState
from app.domain.work.card import WorkCard
from app.ports.card_reader import CardLifted, CardRead, CardUnreadable, ReaderBack, ReaderEvent, ReaderLost
from app.ports.device_fault import Advice
from printing.delivery import (
    JobPrinted,
    JobReturned,
    JobUnknown,
    OtherPrinter,
    PrinterFault,
    PrinterReady,
    WayEvent,
)
from ui.screens.counter import acts, device_reports, persons, queue_acts, search, ways_out
from ui.screens.counter.state import DeviceStatus, Entry
from ui.widgets.views import DeviceState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


TRIES = 2
"""So often a card that is not read is laid again; then it is typed by hand (design.md 8.2)."""
_CAME_BY_THEMSELVES = frozenset({Admission.PRESENTED, Admission.WALKED_IN})


class News:
    """Listens on the GUI thread."""

    def __init__(self, presenter: "CounterPresenter") -> None:
        self._presenter = presenter
        self._lying: Person | None = None
        self._lying_for = ""
        """The visit that was called when the card was laid; empty while nobody was."""
        self._unread = 0

    def reader(self, event: ReaderEvent) -> None:
        """A card was laid or lifted, or the reader went or came back."""
        match event:
            case CardRead(card):
                self._unread = 0
                self._device("reader", DeviceStatus())
                self._laid(Person.from_card(card, self._presenter.state.now_ms))
            case CardLifted():
                self._lying = None
            case CardUnreadable(reason, advice):
                self._unread += 1
                remedy = advice if self._unread < TRIES else Advice.TYPE_BY_HAND
                self._presenter.update(message=f"{reason.value} {remedy.value}")
            case ReaderLost(reason, advice):
                self._lying = None
                self._device("reader", DeviceStatus(DeviceState.FAULT, reason.value, advice.value))
            case ReaderBack():
                self._device("reader", DeviceStatus())

    def printer(self, event: WayEvent) -> None:
        """A paper came out or did not, or the printer's state changed."""
        match event:
            case JobPrinted() | JobUnknown():
                self._presenter.look()
                search.look_again(self._presenter)
            case PrinterFault(reason):
                self._device("printer", DeviceStatus(DeviceState.FAULT, reason.value, f"{reason.value}_fix"))
            case JobReturned() | OtherPrinter():
                ways_out.heard(self._presenter, event)
                search.look_again(self._presenter)
            case PrinterReady(near_end=True):
                self._device("printer", DeviceStatus(DeviceState.WARN, "printer_near_end"))
            case PrinterReady(blind=blind):
                self._device("printer", DeviceStatus(reason="printer_status_unknown" if blind else ""))

    def link(self, status: LinkStatus) -> None:
        """The link to the server changed."""
        self._presenter.update(link=status)

    def broken(self, thread: str, incident: str) -> None:
        """An error that nobody expects ended a thread, or one step of the window."""
        match thread:
            case "card-reader":
                self._device("reader", DeviceStatus(DeviceState.FAULT, "reader_stopped", "advice_open_again"))
            case "scanner":
                self._device("scanner", DeviceStatus(DeviceState.WARN, "scanner_stopped"))
            case "document-camera":
                self._device("camera", DeviceStatus(DeviceState.WARN, "camera_stopped"))
            case "window-display":
                self._device("caller", DeviceStatus(DeviceState.WARN, "display_stopped"))
            case "evaluator":
                self._device("rating", DeviceStatus(DeviceState.WARN, "evaluator_stopped"))
            case "sync":
                self.link(replace(self._presenter.state.link, link=Link.ATTENTION, trouble="sync_stopped"))
        if thread == threading.main_thread().name:
            self._presenter.update(busy=False, message="incident", incident=incident)
        else:
            self._presenter.update(message="part_stopped", incident=incident)

    def take_card(self, visit: Visit) -> Person | None:
        """Somebody sits here: return whose card lies there, unless it may be another citizen's."""
        lying, self._lying = self._lying, None
        return lying if lying is not None and _laid_by(visit, lying, self._lying_for) else None

    def forget_card(self) -> None:
        """The card still lying there belongs to the citizen who is leaving, never to the next."""
        self._lying = None
        self._unread = 0

    def _laid(self, person: Person) -> None:
        visit = self._presenter.state.visit
        if visit is None:
            self._lying, self._lying_for = person, ""
            self._laid_unasked()
        elif visit.state is VisitState.CALLED:
            self._lying, self._lying_for = person, visit.visit_id
            self._presenter.act(acts.come)
        elif visit.state is VisitState.SERVING:
            self._seat(person)

    def _laid_unasked(self) -> None:
        """Nobody was called: whoever lays a card has no ticket, unless the clerk is at something else just now."""
        state = self._presenter.state
        if state.clerk is None or state.covered:
            return
        if state.busy or state.entry is Entry.OPEN or state.ask is not None or state.over is not None:
            self._presenter.update(message="card_before_call")
        else:
            self._presenter.act(queue_acts.come_without_ticket)

    def _seat(self, person: Person) -> None:
        slot = persons.slot_to_read(self._presenter.state)
        self._presenter.change_card(partial(_seated, person=person, slot=slot))
        if slot is not None:
            self._presenter.update(person_entry=None)

    def _device(self, key: str, status: DeviceStatus) -> None:
        before = self._presenter.state.devices
        devices = {**before, key: status}
        if devices != before:
            self._presenter.update(devices=devices)
            device_reports.report_changes(self._presenter, before)


def _laid_by(visit: Visit, person: Person, called: str) -> bool:
    """Say whether who sits here laid the card; ``called`` is the visit that was called then, empty if none was.

    A card that lay there before anybody was called may have been forgotten: only who came by a ticket in the hand
    or without any can have laid it, or who sat here already when the program started anew.
    """
    if called:
        return called == visit.visit_id
    return visit.admission in _CAME_BY_THEMSELVES or person.read_at_ms >= visit.called_ms


def _seated(card: WorkCard, person: Person, slot: Slot | None) -> WorkCard:
    return card.seat(person, slot)
