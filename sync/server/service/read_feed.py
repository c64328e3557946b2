"""Reading the hall: pages of the feed, a whole snapshot, and the digests by which a silent difference shows."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import msgspec

from app.domain.business_day import business_date
from app.domain.feed import ordered_digest, table_digest
from app.domain.rights import Act
from app.domain.standing import kept_from
from app.domain.ticket import HORIZON_MS
from sync.protocol.messages import MAX_PAGE, Digest, Named, Page, Snapshot, TableDigest
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.mirror import KEYS, ORDERED, named_rows, standing_rows
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


class SpelledSnapshot(Snapshot, frozen=True):
    """A snapshot whose tables are spelled as they go over the wire, row by row: thousands of rows are never held."""

    tables: dict[str, Any]


def spelled(rows: Iterable[dict[str, Any]]) -> msgspec.Raw:
    """Return the rows as the JSON of their list.

    One buffer grows by them: tens of thousands of small pieces would leave gaps in the memory of the process.
    """
    encoder, said = msgspec.json.Encoder(), bytearray(b"[")
    for each in rows:
        if len(said) > 1:
            said += b","
        encoder.encode_into(each, said, -1)
    said += b"]"
    return msgspec.Raw(said)


def snapshot(context: Context, caller: Caller, hall: str, named: Named | None = None) -> SpelledSnapshot:
    """Return the mirrored tables as they stand at one cursor: what counts, and what is ``named``.

    An older counter names nothing: it gets all there is but old tickets, and compares by that.
    """
    caller.require(Act.SYNC, hall)
    since = _since(context)
    kept = "" if named is None else kept_from(since)

    def work(connection: Transaction) -> SpelledSnapshot:
        more = {} if named is None else named_rows(connection, hall, named, kept)
        rows = standing_rows(connection, hall, since, kept)
        return SpelledSnapshot(
            cursor=_hall(connection, hall).head,
            server_incarnation=context.server_incarnation(connection),
            tables={name: spelled(chain(each, more.get(name, ()))) for name, each in rows},
        )

    return context.storage.read(work)


def digest(context: Context, caller: Caller, hall: str, *, standing: bool) -> Digest:
    """Return count and hash per mirrored table at the head, over what counts, or over all but old tickets."""
    caller.require(Act.SYNC, hall)
    since = _since(context)
    kept = kept_from(since) if standing else ""

    def work(connection: Transaction) -> Digest:
        rows = standing_rows(connection, hall, since, kept)
        tables = {
            name: ordered_digest(each) if name in ORDERED else table_digest(each, KEYS[name]) for name, each in rows
        }
        return Digest(
            cursor=_hall(connection, hall).head,
            since=since,
            kept_from=kept,
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
