"""Hangs cards up and takes down those whose cause is gone; the same cause never raises two (domain rule I44)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from app.domain.supervision import STAYING, Card, CardRule, ClosedAs, Rules, Wanted
from app.ports.clock import new_id
from sync.server.service.context import Context
from sync.server.service.floor_order import stirred
from sync.server.service.held_case import Unreadable, held_case
from sync.server.service.mirror import card_change
from sync.server.storage import cards
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change

_BATCH = 500
"""Causes asked for at once; databases bound the number of parameters."""


def raise_cards(
    context: Context, connection: Transaction, hall: str, wanted: Sequence[Wanted], rules: Rules
) -> list[Change]:
    """Hang up what is wanted and was never raised before; returns the feed rows, with one that says: look again."""
    changes: list[Change] = []
    for each in never_raised(connection, hall, wanted):
        rule = rules.of(each.rule)
        if rule is None:
            continue
        card = Card(
            card_id=new_id(context.clock),
            hall=hall,
            cause=each.cause,
            rule=each.rule,
            level=rule.level,
            subject=each.subject,
            window=each.window,
            clerk=each.clerk or _clerk(context, connection, hall, each.case_id),
            told=rule.told,
            due=each.due,
            raised_ms=context.clock.now_ms(),
        )
        cards.put(connection, card)
        changes.append(card_change(card))
    return [*changes, stirred(connection, hall)] if changes else []


def end_cards(
    context: Context, connection: Transaction, hall: str, causes: Collection[str], rules: Collection[CardRule]
) -> list[Change]:
    """Take down the cards of these rules whose cause is not among ``causes`` any more; what happened stays."""
    changes: list[Change] = []
    for card in cards.hanging(connection, hall):
        if card.rule in rules and card.rule not in STAYING and card.cause not in causes:
            ended = replace(
                card, closed_ms=context.clock.now_ms(), closed_by="server", closed_as=ClosedAs.ENDED, rev=card.rev + 1
            )
            cards.put(connection, ended)
            changes.append(card_change(ended))
    return [*changes, stirred(connection, hall)] if changes else []


def never_raised(connection: Transaction, hall: str, wanted: Sequence[Wanted]) -> Iterable[Wanted]:
    """Yield what is wanted and whose cause never raised a card."""
    by_cause = {each.cause: each for each in wanted}
    names = list(by_cause)
    for first in range(0, len(names), _BATCH):
        batch = names[first : first + _BATCH]
        for cause in sorted(set(batch) - cards.known(connection, hall, batch)):
            yield by_cause[cause]


def _clerk(context: Context, connection: Transaction, hall: str, case_id: str | None) -> str:
    """Return who took the case in; nobody where the record cannot be read."""
    if case_id is None:
        return ""
    try:
        return held_case(context, connection, hall, case_id).case.clerk
    except Unreadable:
        return ""
