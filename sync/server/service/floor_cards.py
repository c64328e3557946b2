"""The cards of the electronic supervision that hang for the floor manager, as facts of the hall."""

from app.domain.floor import CardFacts, Level
from app.domain.supervision import CardLevel, CardRule, Recipient
from sync.server.storage import cards
from sync.server.storage.engine import Transaction

_LEVELS = {CardLevel.RED: Level.RED, CardLevel.YELLOW: Level.YELLOW, CardLevel.HINT: Level.BLUE}


def card_facts(connection: Transaction, hall: str) -> tuple[CardFacts, ...]:
    """Return them, oldest first; a contact nobody takes over is an alarm of its own already."""
    return tuple(
        CardFacts(
            card_id=each.card_id,
            rule=each.rule.value,
            level=_LEVELS[each.level],
            number=each.subject,
            window=each.window,
            clerk=each.clerk,
            due=each.due or "",
            raised_ms=each.raised_ms,
            acknowledged_ms=each.acknowledged_ms,
        )
        for each in cards.hanging(connection, hall)
        if Recipient.FLOOR_MANAGER in each.told and each.rule is not CardRule.CONTACT
    )
