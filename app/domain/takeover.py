"""接办: who answers for what a citizen first asked, until a clerk elsewhere takes it over (domain rule I01).

A first contact leaves its window in two ways: its ticket is handed to another window, or it is registered (SL-02) for a
window that is named as the one to answer. Where the ticket stands is one thing; who is responsible moves by 接办 alone.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.ticket import LIVE, Ticket
from app.domain.transitions import TransitionTable

_WINDOW = re.compile(r"[A-Z][0-9]{2}")


class ContactState(StrEnum):
    """Whether the window it was handed to has taken the matter over.

    Closed: its ticket ended before anybody did, or a case or an answer ended the matter.
    """

    HANDED = "handed"
    TAKEN = "taken"
    CLOSED = "closed"


class ContactEvent(StrEnum):
    """What happens to a first contact once it has left its window."""

    HAND = "hand"
    TAKE_OVER = "take_over"
    CLOSE = "close"


CONTACT = TransitionTable(
    {
        (ContactState.HANDED, ContactEvent.HAND): ContactState.HANDED,
        (ContactState.HANDED, ContactEvent.TAKE_OVER): ContactState.TAKEN,
        (ContactState.HANDED, ContactEvent.CLOSE): ContactState.CLOSED,
        (ContactState.TAKEN, ContactEvent.HAND): ContactState.HANDED,
        (ContactState.TAKEN, ContactEvent.CLOSE): ContactState.CLOSED,
    }
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A first contact that was handed on; no name and no words of a citizen.

    ``number`` is the ticket's or the register's (``SW20261123-0003-0012``), ``ticket_id`` None for the latter.
    ``clerk`` was asked first and never changes. ``owner`` at ``owner_window`` answers for it now; ``to_window`` is
    asked to take it over since ``handed_ms`` (UTC milliseconds). ``due`` is the last day to answer, ISO.
    """

    contact_id: str
    hall: str
    number: str
    ticket_id: str | None
    clerk: str
    owner: str
    owner_window: str
    to_window: str
    handed_ms: int
    state: ContactState = ContactState.HANDED
    rev: int = 1
    due: str | None = None
    taken_ms: int | None = None


def handed_on(contact: Contact, to_window: str, now_ms: int) -> Contact:
    """Return the contact as handed to yet another window; its minutes begin anew, its owner stays.

    Raises:
        IllegalTransition: its ticket has ended.
    """
    state = CONTACT.after(contact.state, ContactEvent.HAND)
    return replace(contact, state=state, rev=contact.rev + 1, to_window=to_window, handed_ms=now_ms, taken_ms=None)


def taken_over(contact: Contact, clerk: str, window: str, now_ms: int) -> Contact:
    """Return the contact as taken over by a clerk; who was asked first stays who was asked first.

    Raises:
        IllegalTransition: it was taken over already.
    """
    state = CONTACT.after(contact.state, ContactEvent.TAKE_OVER)
    return replace(contact, state=state, rev=contact.rev + 1, owner=clerk, owner_window=window, taken_ms=now_ms)


def closed(contact: Contact) -> Contact:
    """Return the contact whose ticket or matter ended; who answers for it stays on record.

    Raises:
        IllegalTransition: it was closed already.
    """
    return replace(contact, state=CONTACT.after(contact.state, ContactEvent.CLOSE), rev=contact.rev + 1)


def unaccepted(contact: Contact, ticket: Ticket | None) -> bool:
    """Say whether somebody still has to take it over; ``ticket`` is the contact's own, where it has one.

    A ticket that came back to the window of its owner, or whose visit ended, needs nobody.
    """
    if contact.state is not ContactState.HANDED:
        return False
    if contact.ticket_id is None:
        return True
    return ticket is not None and ticket.state in LIVE and asked_window(contact, ticket) != contact.owner_window


def asked_window(contact: Contact, ticket: Ticket | None) -> str:
    """Return the window that is asked to take it over: where its ticket is or goes to, else the one it was named."""
    if contact.ticket_id is None or ticket is None:
        return contact.to_window
    return ticket.to_window or ticket.window or contact.to_window


def may_take_over(contact: Contact, ticket: Ticket | None, window: str) -> bool:
    """Say whether a clerk at this window may take it over: one that is asked, or the owner's own, taking it back."""
    return window in (contact.to_window, contact.owner_window, asked_window(contact, ticket))


def window_named(words: str, windows: Collection[str], own: str) -> str | None:
    """Return the other window of the hall that the words name first (``B02窗口 0311号``), or None."""
    return next((each for each in _WINDOW.findall(words.upper()) if each in windows and each != own), None)
