"""Who looked for cases and at which, kept as the law asks of every look at personal data (PIPL art. 51, 54)."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, insert

from sync.server.storage.search_tables import case_access


@dataclass(frozen=True, slots=True)
class Access:
    """One look: ``act`` is search or view, ``case_id`` of a view; ``sealed`` what was asked for."""

    hall: str
    access_id: str
    at_ms: int
    clerk: str
    act: str
    case_id: str | None
    hits: int
    sealed: bytes


def add(connection: Connection, access: Access) -> None:
    """Keep the look."""
    connection.execute(insert(case_access).values(**asdict(access)))
