"""The rows of the mirrored tables, as feed, snapshot and digest spell them (sync/protocol/README.md)."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import filterfalse
from typing import Any

from app.domain.floor import WindowOrder
from app.domain.record import plain
from app.domain.standing import from_ms, standing
from app.domain.supervision import Card, Recipient
from app.domain.takeover import Contact
from app.domain.ticket import Ticket
from sync.protocol.messages import Named
from sync.server.storage import cards, cases, catalogue, first_contacts, floor, help_calls, tickets
from sync.server.storage.cases import MirroredCase
from sync.server.storage.catalogue import Version
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change
from sync.server.storage.help_calls import HelpCall

KEYS = {
    "ticket": "ticket_id",
    "case": "case_id",
    "catalogue": "version",
    "calendar": "year",
    "window": "window",
    "help": "help_id",
    "contact": "contact_id",
    "card": "card_id",
}


def ticket_change(ticket: Ticket) -> Change:
    """Return the feed entry of a ticket."""
    return Change("ticket", ticket.ticket_id, ticket.rev, _ticket_row(ticket))


def case_change(case: MirroredCase) -> Change:
    """Return the feed entry of a case."""
    return Change("case", case.case_id, case.rev, _plain(case))


def catalogue_change(version: Version) -> Change:
    """Return the feed entry of a published version."""
    return Change("catalogue", str(version.version), 1, catalogue_row(version))


def calendar_change(year: int, rev: int, table: dict[str, Any]) -> Change:
    """Return the feed entry of a calendar year."""
    return Change("calendar", str(year), rev, {"year": year, "rev": rev, "table": table})


def order_change(order: WindowOrder) -> Change:
    """Return the feed entry of what the floor manager laid down for a window."""
    return Change("window", order.window, order.rev, _order_row(order))


def help_change(call: HelpCall) -> Change:
    """Return the feed entry of a call for the floor manager."""
    return Change("help", call.help_id, call.rev, asdict(call))


def contact_change(contact: Contact) -> Change:
    """Return the feed entry of a first contact that was handed on."""
    return Change("contact", contact.contact_id, contact.rev, _plain(contact))


def card_change(card: Card) -> Change:
    """Return the feed entry of a card."""
    return Change("card", card.card_id, card.rev, _card_row(card))


def catalogue_row(version: Version) -> dict[str, Any]:
    """Return the mirrored row; a published version never changes, so its revision stays 1."""
    return {
        "version": version.version,
        "rev": 1,
        "document": dict(version.document),
        "effective_from": version.effective_from,
    }


ORDERED = frozenset({"ticket", "case"})
"""Tables whose rows come by their keys."""


def standing_rows(
    connection: Transaction, hall: str, since: str, kept: str
) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    """Yield every mirrored table of the hall with what counts of it (``app.domain.standing``); each is read once.

    Of an older number that nobody has in hand no window needs a copy: nobody may call it.
    """
    since_ms = from_ms(kept)
    yield "ticket", tickets.standing(connection, hall, since)
    yield "case", cases.standing(connection, hall, kept)
    yield "catalogue", (catalogue_row(each) for each in catalogue.published(connection, hall))
    yield "calendar", catalogue.years(connection, hall)
    yield "window", (_order_row(each) for each in floor.orders(connection, hall).values())
    yield "help", (asdict(each) for each in help_calls.standing(connection, hall, since_ms))
    yield "contact", (_plain(each) for each in first_contacts.standing(connection, hall, since_ms))
    yield "card", (_card_row(each) for each in cards.standing(connection, hall, since_ms))


def named_rows(connection: Transaction, hall: str, named: Named, kept: str) -> dict[str, Iterable[dict[str, Any]]]:
    """Return of the rows that a counter follows by name those that do not count; what there is not is left out."""
    found: dict[str, Iterable[dict[str, Any]]] = {
        "case": cases.named(connection, hall, named.case),
        "contact": (_plain(each) for each in first_contacts.named(connection, hall, named.contact)),
    }
    return {name: filterfalse(standing(name, "", kept), rows) for name, rows in found.items()}


def _order_row(order: WindowOrder) -> dict[str, Any]:
    return {
        "window": order.window,
        "rev": order.rev,
        "closed": order.closed,
        "businesses": None if order.businesses is None else list(order.businesses),
        "notes": [asdict(each) for each in order.notes],
    }


def _card_row(card: Card) -> dict[str, Any]:
    return {
        "card_id": card.card_id,
        "hall": card.hall,
        "rule": card.rule.value,
        "level": card.level.value,
        "subject": card.subject,
        "window": card.window,
        "clerk": card.clerk if Recipient.CLERK in card.told else "",
        "due": card.due,
        "raised_ms": card.raised_ms,
        "acknowledged_ms": card.acknowledged_ms,
        "closed_ms": card.closed_ms,
        "closed_as": None if card.closed_as is None else card.closed_as.value,
        "rev": card.rev,
    }


def _ticket_row(ticket: Ticket) -> dict[str, Any]:
    return {**tickets.values_of(ticket), "state": ticket.state.value}


def _plain(row: MirroredCase | Contact) -> dict[str, Any]:
    return {**plain(row), "state": row.state.value}
