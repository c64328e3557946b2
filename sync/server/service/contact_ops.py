"""What windows say of first contacts: registered for another window, handed on with a ticket, taken over (接办)."""

from dataclasses import dataclass
from datetime import date

from app.domain.operation import Operation
from app.domain.takeover import Contact, ContactState, closed, handed_on, may_take_over, taken_over, window_named
from app.domain.ticket import Ticket
from app.domain.visit import Outcome
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.mirror import contact_change
from sync.server.storage import contact_records, first_contacts, tickets
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

_MAX_NUMBER = 32


@dataclass(frozen=True, slots=True)
class _TakenOver:
    number: str
    window: str
    taken_ms: int


@dataclass(frozen=True, slots=True)
class _Closed:
    number: str
    window: str
    outcome: Outcome
    case_id: str | None


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register needs of a first contact that names who answers."""

    contact_id: str
    number: str
    owner: str
    due: str


def registered(desk: Desk, said: Registered, clerk: str) -> list[Change]:
    """Ask the window that the words name; a contact its own clerk answers asks nobody."""
    windows = desk.context.plan(desk.connection, desk.hall).calls
    asked = window_named(said.owner, windows, desk.window)
    if asked is None:
        return []
    if len(said.number) > _MAX_NUMBER or not _is_date(said.due):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if first_contacts.get(desk.connection, desk.hall, said.contact_id) is not None:
        raise Parked(Reason.DUPLICATE_NUMBER)
    return _kept(desk, _new(desk, said.contact_id, said.number, clerk, asked, due=said.due))


def handed(desk: Desk, ticket: Ticket, to_window: str, clerk: str) -> list[Change]:
    """Ask the window a ticket is handed to; ``ticket`` is as it was before."""
    known = first_contacts.get(desk.connection, desk.hall, ticket.ticket_id)
    if known is not None:
        return _kept(desk, handed_on(known, to_window, desk.context.clock.now_ms()))
    first = ticket.first_clerk or clerk
    new = _new(desk, ticket.ticket_id, ticket.number, first, to_window, ticket_id=ticket.ticket_id)
    return _kept(desk, new)


def ended(desk: Desk, ticket: Ticket) -> list[Change]:
    """Ask nobody any more about a ticket whose visit ended."""
    if not desk.known.was_handed(ticket.ticket_id):
        return []
    known = first_contacts.get(desk.connection, desk.hall, ticket.ticket_id)
    return _kept(desk, closed(known)) if known is not None and known.state is ContactState.HANDED else []


def contact_taken_over(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Move the responsibility to the clerk who says so; said twice by the same clerk, it is one."""
    said = payload_of(operation, _TakenOver)
    contact = first_contacts.get(desk.connection, desk.hall, operation.entity_id)
    if contact is None or (said.number, said.window) != (contact.number, desk.window):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if contact.state is ContactState.TAKEN and contact.owner == actor.clerk:
        return []
    ticket = tickets.get(desk.connection, desk.hall, contact.ticket_id) if contact.ticket_id else None
    if not may_take_over(contact, ticket, desk.window):
        raise Parked(Reason.TAKEN_ELSEWHERE)
    taken_ms = min(said.taken_ms, desk.context.clock.now_ms())
    return _kept(desk, taken_over(contact, actor.clerk, desk.window, taken_ms))


def contact_closed(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Close a registered contact that ended in a case or an answer: what was said of it is kept no longer.

    Who names its number has its paper or its record; who was asked first stays who was asked first.
    """
    said = payload_of(operation, _Closed)
    record = contact_records.get(desk.connection, desk.hall, operation.entity_id)
    contact = first_contacts.get(desk.connection, desk.hall, operation.entity_id)
    if record is None:
        raise Parked(Reason.ILLEGAL_TRANSITION)  # another window closed it meanwhile
    if said.number != record.number or said.window != desk.window:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    contact_records.drop(desk.connection, desk.hall, operation.entity_id)
    return _kept(desk, closed(contact)) if contact is not None and contact.state is not ContactState.CLOSED else []


def _new(
    desk: Desk, contact_id: str, number: str, clerk: str, to_window: str, *, ticket_id: str | None = None, due: str = ""
) -> Contact:
    return Contact(
        contact_id=contact_id,
        hall=desk.hall,
        number=number,
        ticket_id=ticket_id,
        clerk=clerk,
        owner=clerk,
        owner_window=desk.window,
        to_window=to_window,
        handed_ms=desk.context.clock.now_ms(),
        due=due or None,
    )


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _kept(desk: Desk, contact: Contact) -> list[Change]:
    desk.known.handed(contact.contact_id)
    first_contacts.put(desk.connection, contact)
    return [contact_change(contact)]
