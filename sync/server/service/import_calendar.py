"""Takes a year of the working-day calendar from two administrators into the feed (domain rule L06, section 7).

All due dates hang on it: it counts once a second person has brought the same table.
"""

import logging
from dataclasses import replace
from functools import partial

from app.domain.calendar_document import table_from_json, table_to_json
from app.domain.rights import Act
from app.domain.supervision import CardRule, Wanted
from sync.protocol.messages import CalendarTaken, CalendarYear
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.mirror import calendar_change
from sync.server.service.raise_cards import raise_cards
from sync.server.service.recount import recount
from sync.server.service.refusals import refusal
from sync.server.storage import catalogue, feed
from sync.server.storage.calendar_tables import Proposal, drop, propose, proposed
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)

_FIRST_YEAR, _LAST_YEAR = 1990, 2200


def import_calendar(context: Context, caller: Caller, request: CalendarYear) -> CalendarTaken:
    """Keep the year's table, confirmed by a second person, and count the limits of open cases again.

    A table that is in already changes nothing; another one than that which waits takes its place and waits itself.

    Raises:
        Refused: ``forbidden``, also for who is no person; or ``malformed``.
    """
    caller.require(Act.SUBMIT_CATALOGUE)
    if caller.clerk is None:
        raise refusal("forbidden")
    brought = Proposal(caller.hall, request.year, {}, caller.clerk, context.clock.now_ms())
    try:
        table = table_to_json(table_from_json(request.table))
    except (ValueError, AttributeError) as error:
        raise refusal("malformed") from error
    if table["year"] != request.year or not _FIRST_YEAR <= request.year <= _LAST_YEAR:
        raise refusal("malformed")

    def work(connection: Transaction) -> CalendarTaken:
        held = {row["year"]: row for row in catalogue.years(connection, caller.hall)}.get(request.year)
        rev = int(held["rev"]) if held is not None else 0
        if held is not None and held["table"] == table:
            drop(connection, caller.hall, request.year)
            return CalendarTaken(year=request.year, rev=rev)
        first = proposed(connection, caller.hall, request.year)
        if first is None or first.table != table or first.clerk == brought.clerk:
            propose(connection, replace(brought, table=table))
            return CalendarTaken(year=request.year, rev=rev, waits=True)
        drop(connection, caller.hall, request.year)
        rev = catalogue.put_year(connection, caller.hall, request.year, table)
        feed.append(connection, caller.hall, [calendar_change(request.year, rev, table)])
        logger.info("calendar.taken hall=%s year=%d by=%s,%s", caller.hall, request.year, first.clerk, brought.clerk)
        return CalendarTaken(year=request.year, rev=rev)

    taken = context.storage.write(work)
    if taken.waits:
        return taken
    rev, moved = taken.rev, recount(context, caller.hall)
    if moved:
        context.storage.write(partial(_tell, context, hall=caller.hall, year=request.year, rev=rev))
    context.changed(caller.hall)
    return CalendarTaken(year=request.year, rev=rev, moved=moved)


def _tell(context: Context, connection: Transaction, *, hall: str, year: int, rev: int) -> None:
    """Hang up the card that says: dates changed."""
    told = Wanted(f"{CardRule.CALENDAR.value}:{year}:{rev}", CardRule.CALENDAR, str(year))
    rules = context.plan(connection, hall).floor.cards
    feed.append(connection, hall, raise_cards(context, connection, hall, [told], rules))
