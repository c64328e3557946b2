"""What the sync client needs of the counter's store: the outbox on one side, the server's feed on the other."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from app.domain.operation import Operation
from app.ports.store import Counter


class UnreadableRow(ValueError):  # noqa: N818 - what the server sent, not what this program did
    """A mirrored row has fields or types this version does not know; ``entity`` names the table."""

    def __init__(self, entity: str) -> None:
        super().__init__(f"unreadable row of {entity}")
        self.entity = entity


class Replica(Protocol):
    """Every method is one transaction."""

    def incarnation(self) -> str:
        """Return what this store calls itself; a store made anew has another, and registers again."""
        ...

    def counter(self) -> Counter | None:
        """Return the registration, or None before the first contact."""
        ...

    def register(self, counter: Counter, server_incarnation: str) -> None:
        """Keep what the server gave at registration."""
        ...

    def pending(self, limit: int) -> Sequence[Operation]:
        """Return the oldest operations the server has not acknowledged, in sequence order."""
        ...

    def acknowledge(self, acked_seq: int, parked: dict[int, str], applied: Collection[int] = ()) -> None:
        """Mark all operations up to ``acked_seq`` as held by the server; ``parked`` maps sequence to reason code.

        Of ``applied`` none waits any more: a server that was restored may take what it had parked before.
        """
        ...

    def rewind(self, next_seq: int, server_incarnation: str) -> None:
        """The server was restored and knows only what lies before ``next_seq``: send the rest again."""
        ...

    def server_incarnation(self) -> str | None:
        """Return the incarnation of the server this replica last spoke to."""
        ...

    def cursor(self) -> int:
        """Return the feed position up to which events are applied; 0 before the first snapshot."""
        ...

    def apply(self, after: int, events: Sequence[dict[str, Any]], cursor: int) -> bool:
        """Apply a page and move the cursor in one transaction.

        Returns False, and changes nothing, when ``after`` is not the cursor or the events leave a gap:
        each must have ``seq`` one above the one before.

        Raises:
            UnreadableRow: the server sent something this version does not know.
        """
        ...

    def replace(self, rows: dict[str, list[dict[str, Any]]], cursor: int) -> None:
        """Bootstrap: replace everything that came from the server by a snapshot. The outbox stays."""
        ...

    def followed(self, most: int) -> tuple[Sequence[str], Sequence[str]]:
        """Return the ids of the cases and of the first contacts this store has records of, what goes on first.

        Of these the newest row of the hall is kept here whatever became of them: the record follows it.
        """
        ...

    def digest(self, since: str = "", kept_from: str = "") -> tuple[int, dict[str, tuple[int, str]]]:
        """Return the cursor and, per mirrored table, count and hash (``app.domain.feed.table_digest``).

        Tickets count from the business date ``since`` (ISO) on, and older ones where they are live; what is over
        counts from the business date ``kept_from`` on (``app.domain.standing``).
        """
        ...

    def prune(self, since: str, kept_from: str) -> None:
        """Forget the rows that do not count in the digest of these days and have no record here."""
        ...

    def outbox(self) -> tuple[int, int]:
        """Return the sequence of the oldest operation not acknowledged (or the next to come), and how many wait."""
        ...

    def parked(self) -> int:
        """Return of how many tickets, cases and other matters the server parked operations that a person has to see."""
        ...

    def offline_since(self) -> int | None:
        """Return when the server was lost, in UTC milliseconds, or None while it answers."""
        ...

    def set_link(self, *, online: bool) -> None:
        """Remember what the screen shows after a restart."""
        ...

    def server_offset(self) -> int | None:
        """Return the server's clock minus this one in milliseconds, as last measured; None before the first measure."""
        ...

    def set_server_offset(self, offset_ms: int) -> None:
        """Keep the measure: every operation from now on bears it."""
        ...

    def log_refused(self) -> str | None:
        """Return why the server refused this store's chain, or None since it took a push."""
        ...

    def set_log_refused(self, code: str | None) -> None:
        """Keep what became of a push, for a program that is started anew."""
        ...
