"""The rows of the mirrored tables, as feed, snapshot and digest spell them (sync/protocol/README.md)."""

from dataclasses import asdict
from typing import Any

from app.domain.ticket import Ticket
from sync.server.storage import cases, catalogue, tickets
from sync.server.storage.cases import MirroredCase
from sync.server.storage.catalogue import Version
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change

KEYS = {"ticket": "ticket_id", "case": "case_id", "catalogue": "version", "calendar": "year"}


def ticket_change(ticket: Ticket) -> Change:
    """Return the feed entry of a ticket."""
    return Change("ticket", ticket.ticket_id, ticket.rev, _plain(ticket))


def case_change(case: MirroredCase) -> Change:
    """Return the feed entry of a case."""
    return Change("case", case.case_id, case.rev, _plain(case))


def catalogue_change(version: Version) -> Change:
    """Return the feed entry of a published version."""
    return Change("catalogue", str(version.version), 1, catalogue_row(version))


def calendar_change(year: int, rev: int, table: dict[str, Any]) -> Change:
    """Return the feed entry of a calendar year."""
    return Change("calendar", str(year), rev, {"year": year, "rev": rev, "table": table})


def catalogue_row(version: Version) -> dict[str, Any]:
    """Return the mirrored row; a published version never changes, so its revision stays 1."""
    return {
        "version": version.version,
        "rev": 1,
        "document": dict(version.document),
        "effective_from": version.effective_from,
    }


def all_rows(connection: Transaction, hall: str) -> dict[str, list[dict[str, Any]]]:
    """Return every mirrored table of the hall."""
    return {
        "ticket": [_plain(each) for each in tickets.every(connection, hall)],
        "case": [_plain(each) for each in cases.every(connection, hall)],
        "catalogue": [catalogue_row(each) for each in catalogue.published(connection, hall)],
        "calendar": catalogue.years(connection, hall),
    }


def _plain(row: Ticket | MirroredCase) -> dict[str, Any]:
    return {**asdict(row), "state": row.state.value}
