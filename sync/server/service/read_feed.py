"""Reading the hall: pages of the feed, a whole snapshot, and the digests by which a silent difference shows."""

from app.domain.business_day import business_date
from app.domain.feed import table_digest
from app.domain.rights import Act
from app.domain.ticket import HORIZON_MS
from sync.protocol.messages import MAX_PAGE, Digest, Page, Snapshot, TableDigest
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.mirror import KEYS, standing_rows
from sync.server.service.refusals import refusal
from sync.server.storage import feed, halls
from sync.server.storage.engine import Transaction
from sync.server.storage.halls import Hall


def pull(context: Context, caller: Caller, hall: str, cursor: int, limit: int) -> Page:
    """Return the events after the cursor.

    Raises:
        Refused: ``cursor_gone`` below the floor, and also above the head: then the server was restored.
    """
    caller.require(Act.SYNC, hall)
    if cursor < 0 or not 1 <= limit <= MAX_PAGE:
        raise refusal("malformed")

    def work(connection: Transaction) -> Page:
        state = _hall(connection, hall)
        if not state.floor <= cursor <= state.head:
            raise refusal("cursor_gone")
        events = feed.page(connection, hall, cursor, limit)
        return Page(
            events=events,
            next=events[-1].seq if events else cursor,
            head=state.head,
            floor=state.floor,
            server_incarnation=context.server_incarnation(connection),
        )

    return context.storage.read(work)


def snapshot(context: Context, caller: Caller, hall: str) -> Snapshot:
    """Return all mirrored tables as they stand at one cursor; of tickets, the callable and the live."""
    caller.require(Act.SYNC, hall)

    def work(connection: Transaction) -> Snapshot:
        return Snapshot(
            cursor=_hall(connection, hall).head,
            server_incarnation=context.server_incarnation(connection),
            tables=standing_rows(connection, hall, _since(context)),
        )

    return context.storage.read(work)


def digest(context: Context, caller: Caller, hall: str) -> Digest:
    """Return count and hash per mirrored table at the head, over what a snapshot would hold now."""
    caller.require(Act.SYNC, hall)

    def work(connection: Transaction) -> Digest:
        since = _since(context)
        rows = standing_rows(connection, hall, since)
        tables = {name: table_digest(each, KEYS[name]) for name, each in rows.items()}
        return Digest(
            cursor=_hall(connection, hall).head,
            since=since,
            tables={name: TableDigest(count=count, hash=hashed) for name, (count, hashed) in tables.items()},
        )

    return context.storage.read(work)


def _since(context: Context) -> str:
    """Return the oldest business date whose numbers may still be called; soon after midnight it is yesterday."""
    return business_date(context.clock.now_ms() - HORIZON_MS).isoformat()


def _hall(connection: Transaction, code: str) -> Hall:
    found = halls.get(connection, code)
    if found is None:
        raise refusal("unknown_hall")
    return found
