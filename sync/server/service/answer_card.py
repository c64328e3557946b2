"""What a person does about a card: 收到, 已处理 with words, 撤销 with a reason; all of it is kept (domain rule I44)."""

from collections.abc import Callable
from dataclasses import replace

from app.domain.rights import Act
from app.domain.supervision import Card, ClosedAs
from sync.protocol.card_messages import CardAnswer
from sync.protocol.floor_messages import FloorDone
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import Outcome, Wish, perform, stirred
from sync.server.service.mirror import card_change
from sync.server.service.refusals import refusal
from sync.server.storage import cards
from sync.server.storage.engine import Transaction

_VERBS = {Act.ANSWER_CARD: "督办卡已处理", Act.WITHDRAW_CARD: "督办卡撤销"}
Change = Callable[[Card, str, int], Card]


def acknowledge_card(context: Context, caller: Caller, hall: str, card_id: str, key: str) -> FloorDone:
    """Record that somebody knows of it; it hangs on.

    Raises:
        Refused: ``unknown_card``, or ``card_closed``.
    """
    return _answer(context, caller, hall, card_id, key=key, words="", act=Act.ANSWER_CARD, change=_acknowledged)


def handle_card(
    context: Context, caller: Caller, hall: str, card_id: str, answer: CardAnswer, *, key: str
) -> FloorDone:
    """Take it down with what was done about it.

    Raises:
        Refused: ``unknown_card``, ``card_closed``, or ``malformed`` words.
    """
    words = _words(answer)
    return _answer(
        context,
        caller,
        hall,
        card_id,
        key=key,
        words=words,
        act=Act.ANSWER_CARD,
        change=_closed(ClosedAs.HANDLED, words),
    )


def withdraw_card(
    context: Context, caller: Caller, hall: str, card_id: str, answer: CardAnswer, *, key: str
) -> FloorDone:
    """Take it down because it should not have been raised, with the reason.

    Raises:
        Refused: ``unknown_card``, ``card_closed``, or ``malformed`` words.
    """
    words = _words(answer)
    change = _closed(ClosedAs.WITHDRAWN, words)
    return _answer(context, caller, hall, card_id, key=key, words=words, act=Act.WITHDRAW_CARD, change=change)


def _answer(
    context: Context, caller: Caller, hall: str, card_id: str, *, key: str, words: str, act: Act, change: Change
) -> FloorDone:
    by = caller.clerk or caller.identity
    said = f"{_VERBS[act]}：{words}" if words else "督办卡收到"

    def work(connection: Transaction) -> Outcome:
        card = cards.get(connection, hall, card_id)
        if card is None:
            raise refusal("unknown_card")
        if card.closed_ms is not None:
            raise refusal("card_closed")
        new = replace(change(card, by, context.clock.now_ms()), rev=card.rev + 1)
        cards.put(connection, new)
        return Outcome((card_change(new), stirred(connection, hall)))

    return perform(context, caller, Wish(act, hall, key, {"card": card_id, "words": said}), work)


def _acknowledged(card: Card, by: str, now_ms: int) -> Card:
    if card.acknowledged_ms is not None:
        return card
    return replace(card, acknowledged_ms=now_ms, acknowledged_by=by)


def _closed(closed_as: ClosedAs, words: str) -> Change:
    return lambda card, by, now_ms: replace(
        _acknowledged(card, by, now_ms), closed_ms=now_ms, closed_by=by, closed_as=closed_as, words=words
    )


def _words(answer: CardAnswer) -> str:
    words = answer.words.strip()
    if not words or not words.isprintable():
        raise refusal("malformed")
    return words
