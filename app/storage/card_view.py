"""Cards of the electronic supervision as the hall's feed told of them."""

from collections.abc import Sequence

from sqlalchemy import Connection, case, select

from app.domain.supervision import CardLevel, CardRule
from app.ports.card_store import OwnCard
from app.storage.mirror_tables import CARD

_GRAVITY = case({CardLevel.RED.value: 0, CardLevel.YELLOW.value: 1}, value=CARD.c.level, else_=2)
_RULES = tuple(CardRule)


class CardView:
    """Implements ``app.ports.card_store.CardReading`` on the connection of a view."""

    _connection: Connection

    def hanging_cards(self, limit: int) -> Sequence[OwnCard]:
        """See ``CardReading``. A rule of a newer server is left out: nobody here could say what it means."""
        own = CARD.c.closed_ms.is_(None) & (CARD.c.clerk != "") & CARD.c.rule.in_(_RULES)
        wanted = select(CARD).where(own).order_by(_GRAVITY, CARD.c.raised_ms, CARD.c.card_id).limit(limit)
        return [
            OwnCard(CardRule(row["rule"]), CardLevel(row["level"]), row["subject"], row["clerk"], row["due"])
            for row in self._connection.execute(wanted).mappings()
        ]
