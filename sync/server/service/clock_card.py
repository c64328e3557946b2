"""A counter whose clock is more than five minutes off: one card a day and device, for who can set it (sync.md 1)."""

from app.domain.clock_skew import skew_of
from app.domain.operation import Operation
from app.domain.supervision import CardRule, Wanted
from sync.server.service.desk import Desk
from sync.server.service.raise_cards import raise_cards
from sync.server.storage.feed import Change


def card_of_clock(desk: Desk, newest: Operation) -> list[Change]:
    """Hang it up when the newest operation of a push shows it; its dates stay as they were signed."""
    context = desk.context
    if skew_of(newest.wall_ms, newest.extra, context.clock.now_ms()) is None:
        return []
    wanted = Wanted(
        cause=f"{CardRule.CLOCK_WRONG.value}:{newest.device}:{context.today()}",
        rule=CardRule.CLOCK_WRONG,
        subject=desk.window,
    )
    cards = context.plan(desk.connection, desk.hall).floor.cards
    return raise_cards(context, desk.connection, desk.hall, [wanted], cards)
