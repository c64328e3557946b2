"""What a counter keeps of its copy of the hall: what goes on, what is over for a month, and what it has records of."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select

from app.domain.standing import OVER, from_ms
from app.domain.supervision import CardRule
from app.domain.takeover import ContactState
from app.domain.ticket import LIVE
from app.storage.conflict_view import WAITS
from app.storage.mirror_tables import CARD, CONTACT, HALL_CASE, HELP_CALL, TICKET
from app.storage.tables import CASE, CONTACT_RECORD, OPERATION


def followed(connection: Connection, most: int) -> tuple[Sequence[str], Sequence[str]]:
    """Return the ids of cases, and of first contacts, that this store has records of.

    Those of which an operation waits for a person come first, then those that go on here, and of each the newest.
    """
    waits = CASE.c.case_id.in_(select(OPERATION.c.wire["entity_id"].as_string()).where(WAITS))
    first = (waits.desc(), CASE.c.state.in_(sorted(OVER)), CASE.c.case_id.desc())
    cases = select(CASE.c.case_id).order_by(*first).limit(most)
    newest = (CONTACT_RECORD.c.closed_ms.is_not(None), CONTACT_RECORD.c.contact_id.desc())
    contacts = select(CONTACT_RECORD.c.contact_id).order_by(*newest).limit(most)
    return connection.execute(cases).scalars().all(), connection.execute(contacts).scalars().all()


def prunable(connection: Connection, since: str, kept_from: str) -> bool:
    """Say whether there is anything to forget."""
    return any(
        connection.execute(select(*table.primary_key).where(old).limit(1)).first() is not None
        for table, old in _of_no_count(since, kept_from)
    )


def prune(connection: Connection, since: str, kept_from: str) -> None:
    """Forget the rows that do not count in the digest of these business dates (ISO) and have no record here."""
    for table, old in _of_no_count(since, kept_from):
        connection.execute(delete(table).where(old))


def _of_no_count(since: str, kept_from: str) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Yield each table with its rows that do not count (``app.domain.standing``), all but those a record follows."""
    before_ms = from_ms(kept_from)
    yield TICKET, and_(TICKET.c.business_date < since, TICKET.c.state.not_in(sorted(LIVE)))
    ended = and_(HALL_CASE.c.state.in_(sorted(OVER)), HALL_CASE.c.accepted_on < kept_from)
    yield HALL_CASE, and_(ended, HALL_CASE.c.case_id.not_in(select(CASE.c.case_id)))
    closed = and_(CONTACT.c.state == ContactState.CLOSED, CONTACT.c.handed_ms < before_ms)
    yield CONTACT, and_(closed, CONTACT.c.contact_id.not_in(select(CONTACT_RECORD.c.contact_id)))
    yield HELP_CALL, and_(HELP_CALL.c.answered_ms.is_not(None), HELP_CALL.c.answered_ms < before_ms)
    down = and_(CARD.c.closed_ms.is_not(None), CARD.c.rule != CardRule.PARKED)
    yield CARD, and_(down, CARD.c.closed_ms < before_ms)
