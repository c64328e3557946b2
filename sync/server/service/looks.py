"""Keeps who was answered with personal data, as the law asks of every look at it (PIPL art. 51, 54; domain.md L13)."""

from collections.abc import Sequence

from app.domain.canonical import canonical_json
from app.ports.clock import new_id
from sync.server.service.context import Context
from sync.server.storage import case_access
from sync.server.storage.case_access import Access
from sync.server.storage.engine import Transaction


def keep_looks(
    context: Context, hall: str, clerk: str, act: str, looks: Sequence[tuple[str | None, Sequence[str]]]
) -> None:
    """Keep one row a look: the case that was given, None where it is none, and what was asked for, sealed."""
    now_ms, kept = context.clock.now_ms(), []
    for case_id, asked in looks:
        access_id = new_id(context.clock)
        sealed = context.cipher.seal(canonical_json(list(asked)), f"access/{hall}/{access_id}")
        kept.append(Access(hall, access_id, now_ms, clerk, act, case_id, 1, sealed))

    def work(connection: Transaction) -> None:
        for each in kept:
            case_access.add(connection, each)

    context.storage.write(work)
