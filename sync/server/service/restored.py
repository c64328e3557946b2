"""A database that came from a backup begins another life: a new name, a new feed, number series that skip what is lost.

Every counter still has what it acknowledged, and pushes it again (sync.md section 1, ADR 0026). Until all of them have,
nobody is called whom a window may have called after the backup.
"""

from datetime import date, timedelta
from typing import Final

from app.domain.business_day import business_date
from app.domain.ticket import HORIZON_MS, TicketState
from app.ports.clock import new_id
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.service.settle_postponed import settle_postponed
from sync.server.storage import feed, halls, restored, tickets
from sync.server.storage.engine import Transaction
from sync.server.storage.restored import Restored

MARGIN: Final = 100
"""How many numbers of a series are left out at least: the kiosks may have given them out after the backup."""
REGISTRATIONS: Final = 10
"""How many registration numbers are left out: counters that registered after the backup print them in case numbers."""
LAST_OF_DAY: Final = 9_999
LONGEST_DAYS: Final = 400
OVER_MS: Final = 24 * 3_600_000
"""A counter that has not come by then is not waited for: what does not fit without it becomes a task for a person."""

_CALLABLE = (TicketState.WAITING, TicketState.RESERVED, TicketState.TRANSFERRING, TicketState.RETURNED)


def renew(context: Context, connection: Transaction, backup_ms: int, margin: int = MARGIN) -> str:
    """Make of a database as it was at ``backup_ms`` (UTC) one that may serve now; returns its new incarnation.

    Nothing else may be at work on it. Call it once, before anybody is served.
    """
    now_ms, incarnation = context.clock.now_ms(), new_id(context.clock)
    restored.rename(connection, incarnation)
    for hall in halls.codes(connection):
        _skip_numbers(context, connection, hall, backup_ms, margin)
        waiting = tickets.in_states(connection, hall, _CALLABLE, now_ms - HORIZON_MS)
        restored.begin(connection, hall, Restored(now_ms, backup_ms, calls_held=bool(waiting)))
        # No cursor of another life of this hall is as high as the present moment, so each begins with a snapshot.
        restored.new_feed(connection, hall, now_ms, skipped=REGISTRATIONS)
    return incarnation


def require_all_told(context: Context, connection: Transaction, hall: str) -> None:
    """Check that nobody can be called a second time.

    Raises:
        Refused: ``recovering`` while a counter that may have called since the backup has not told.
    """
    found = _open(context, connection, hall)
    if found is not None and found.calls_held:
        raise refusal("recovering")


def pulled(context: Context, caller: Caller, hall: str) -> None:
    """Take note that a counter reads the new feed: before that it pushed all it has (sync/protocol/README.md)."""
    device = caller.device
    if device is None or caller.window is None or hall in context.told:
        return

    def work(connection: Transaction) -> bool:
        found = _open(context, connection, hall)
        if found is None:
            return False
        first = restored.came(connection, hall, of_device=device)
        return _end_if_all_told(context, connection, hall, found) or bool(first)

    if context.storage.write(work):
        context.changed(hall)


def release(context: Context, hall: str, window: str | None = None) -> list[str]:
    """Wait no longer for a window, or for any: somebody looked at what it called. Returns who is still awaited.

    Raises:
        Refused: ``not_found`` where nobody is awaited there.
    """

    def work(connection: Transaction) -> list[str]:
        found = restored.restored(connection, hall)
        waits = restored.awaited(connection, hall)
        if found is None or (window is not None and window not in waits):
            raise refusal("not_found")
        for each in waits if window is None else [window]:
            restored.came(connection, hall, window=each)
        _end_if_all_told(context, connection, hall, found)
        return restored.awaited(connection, hall)

    left = context.storage.write(work)
    context.changed(hall)
    return left


def awaited(context: Context, hall: str) -> list[str]:
    """Return the windows a restored hall still waits for."""
    return context.storage.read(lambda connection: restored.awaited(connection, hall))


def _open(context: Context, connection: Transaction, hall: str) -> Restored | None:
    """Return the restore that is not over; once it is, this process asks no more."""
    if hall in context.told:
        return None
    found = restored.restored(connection, hall)
    if found is None:
        context.told.add(hall)
    return found


def _end_if_all_told(context: Context, connection: Transaction, hall: str, found: Restored) -> bool:
    too_long = context.clock.now_ms() - found.restored_ms >= OVER_MS
    if not too_long and restored.awaited(connection, hall):
        return False
    changes = settle_postponed(context, connection, hall, last=True)
    restored.end(connection, hall)
    feed.append(connection, hall, changes)
    return True


def _skip_numbers(context: Context, connection: Transaction, hall: str, backup_ms: int, margin: int) -> None:
    today, first = business_date(context.clock.now_ms()), business_date(backup_ms)
    series = restored.series_since(connection, hall)
    businesses = {business for _, business, _ in series} | set(context.plan(connection, hall).businesses)
    for business in sorted(businesses):
        known = {day: last for day, of, last in series if of == business}
        busiest = max(known.values(), default=0)
        for day in _days(first, today):
            wanted = max(known.get(day, 0) + margin, busiest) if day == today.isoformat() else LAST_OF_DAY
            restored.skip_to(connection, hall, day, business, min(-(-wanted // 100) * 100, LAST_OF_DAY))


def _days(first: date, last: date) -> list[str]:
    """Return the days of which numbers may be lost, today last."""
    count = min(max((last - first).days, 0), LONGEST_DAYS)
    return [(last - timedelta(days=back)).isoformat() for back in range(count, -1, -1)]
