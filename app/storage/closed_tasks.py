"""A task that somebody else closed leaves the counter: the card over it came down at the floor manager's, or by itself.

Cards name what they are about as people do (number of the case or ticket), with window and clerk; one task is all that
waits of one such matter (docs/conflicts.md), so that is what a closed card ends.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from app.domain.conflict import How, subject_of
from app.domain.supervision import CardRule, ClosedAs
from app.storage import rows
from app.storage.conflict_view import WAITS
from app.storage.mirror_tables import CARD
from app.storage.tables import OPERATION

_CARDS = select(CARD.c.subject, CARD.c.clerk, CARD.c.closed_as).where(
    CARD.c.rule == CardRule.PARKED, CARD.c.window == bindparam("at")
)
_WAITING = select(OPERATION.c.seq, OPERATION.c.wire).where(WAITS)


def closes_a_task(entity: str, row: Mapping[str, Any]) -> bool:
    """Say whether a row of the feed is a card over a parked operation that came down."""
    return entity == "card" and row.get("rule") == CardRule.PARKED and row.get("closed_ms") is not None


def end_closed(connection: Connection) -> None:
    """End the tasks over whose matter no card hangs any more though one did.

    What the floor manager closed is left to them; what the server took after all, once it knew it, waits no more.
    """
    window = rows.state(connection)["window"]
    waits = connection.execute(_WAITING).all()
    ends: dict[tuple[str, str], set[str | None]] = {}
    for card in connection.execute(_CARDS, {"at": window}) if waits else ():
        ends.setdefault((card.subject, card.clerk), set()).add(card.closed_as)
    for seq, wire in waits:
        ended = ends.get(_matter(wire))
        if ended and None not in ended:
            _end(connection, seq, None if ended == {ClosedAs.ENDED} else How.MANAGER)


def _matter(wire: Mapping[str, Any]) -> tuple[str, str]:
    return subject_of(wire["payload"], wire["entity_id"]), wire["actor"]["clerk"]


def _end(connection: Connection, seq: int, how: How | None) -> None:
    end = {"parked": None} if how is None else {"resolved": how.value}
    connection.execute(update(OPERATION).where(OPERATION.c.seq == seq).values(end))
