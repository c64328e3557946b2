"""Takes a year of the working-day calendar from an administrator into the feed (domain rule L06)."""

from app.domain.calendar_document import table_from_json, table_to_json
from app.domain.rights import Act
from sync.protocol.messages import CalendarTaken, CalendarYear
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.mirror import calendar_change
from sync.server.service.refusals import refusal
from sync.server.storage import catalogue, feed
from sync.server.storage.engine import Transaction

_FIRST_YEAR, _LAST_YEAR = 1990, 2200


def import_calendar(context: Context, caller: Caller, request: CalendarYear) -> CalendarTaken:
    """Keep the year's table; the same table again changes nothing.

    Raises:
        Refused: ``forbidden`` or ``malformed``.
    """
    caller.require(Act.SUBMIT_CATALOGUE)
    try:
        table = table_to_json(table_from_json(request.table))
    except (ValueError, AttributeError) as error:
        raise refusal("malformed") from error
    if table["year"] != request.year or not _FIRST_YEAR <= request.year <= _LAST_YEAR:
        raise refusal("malformed")

    def work(connection: Transaction) -> CalendarTaken:
        held = {row["year"]: row for row in catalogue.years(connection, caller.hall)}.get(request.year)
        if held is not None and held["table"] == table:
            return CalendarTaken(year=request.year, rev=held["rev"])
        rev = catalogue.put_year(connection, caller.hall, request.year, table)
        feed.append(connection, caller.hall, [calendar_change(request.year, rev, table)])
        return CalendarTaken(year=request.year, rev=rev)

    taken = context.storage.write(work)
    context.changed(caller.hall)
    return taken
