"""The pass over what may raise a card: limits once a day or when something moved, waiting contacts every time.

It may stop anywhere and be run again; a card is kept once per cause.
"""

from datetime import date
from functools import partial

from app.domain.floor import MINUTE_MS
from app.domain.supervision import VOICES, CardRule, Rules, Wanted, cards_of_limits
from sync.server.service.context import Context
from sync.server.service.floor_contacts import unaccepted_contacts
from sync.server.service.held_case import calendar_of
from sync.server.service.raise_cards import end_cards, never_raised, raise_cards
from sync.server.service.running_limits import running_limits
from sync.server.storage import cards, feed, halls, upward
from sync.server.storage.engine import Transaction

BATCH = 25
"""Cards hung up in one transaction: others want to write, too."""
_OF_LIMITS = frozenset(
    {
        CardRule.HALF_TIME,
        CardRule.DUE_SOON,
        CardRule.OVERDUE,
        CardRule.ANSWER_SOON,
        CardRule.ANSWER_OVERDUE,
        CardRule.STEP_OVERRUN,
        CardRule.UPWARD,
        CardRule.UPWARD_MANAGER,
    }
)
_OF_CONTACTS = frozenset({CardRule.CONTACT})


class CardPass:
    """Looks at one hall; ``seen`` is the day and the head of the feed that the limits were looked at under."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seen: dict[str, tuple[str, int]] = {}

    def run(self, hall: str) -> int:
        """Hang up and take down what has to be; returns how many rows of the feed that made."""
        context, day = self._context, self._context.today()

        def look(connection: Transaction) -> tuple[int, list[Wanted], list[Wanted] | None, Rules, bool]:
            row = halls.get(connection, hall)
            head = 0 if row is None else row.head
            rules = context.plan(connection, hall).floor.cards
            contacts = _contacts(context, connection, hall, rules)
            hung = {each.cause for each in cards.hanging(connection, hall) if each.rule in _OF_CONTACTS}
            moved = hung != {each.cause for each in contacts}
            if self._seen.get(hall) == (day, head):
                return head, contacts, None, rules, moved
            return head, contacts, _limits(context, connection, hall, rules), rules, True

        head, contacts, limits, rules, moved = context.storage.read(look)
        if limits is None and not moved:
            return 0
        wanted = [*contacts, *(limits or ())]
        over = _OF_CONTACTS if limits is None else _OF_CONTACTS | _OF_LIMITS

        def end(connection: Transaction) -> int:
            changes = end_cards(context, connection, hall, {each.cause for each in wanted}, over)
            feed.append(connection, hall, changes)
            return len(changes)

        def hang(connection: Transaction, batch: list[Wanted]) -> int:
            changes = raise_cards(context, connection, hall, batch, rules)
            feed.append(connection, hall, changes)
            return len(changes)

        changed = context.storage.write(end)
        fresh = context.storage.read(lambda connection: list(never_raised(connection, hall, wanted)))
        for first in range(0, len(fresh), BATCH):
            changed += context.storage.write(partial(hang, batch=fresh[first : first + BATCH]))
        if limits is not None:
            self._seen[hall] = (day, head)
        if changed:
            context.changed(hall)
        return changed


def _limits(context: Context, connection: Transaction, hall: str, rules: Rules) -> list[Wanted]:
    today = date.fromisoformat(context.today())
    calendar = calendar_of(connection, hall)
    limits = running_limits(context, connection, hall, calendar)
    over = [*_upward(connection, hall, context.today()), *_late_voices(connection, hall, context.today())]
    return [*cards_of_limits(limits, today, calendar, rules), *over]


def _late_voices(connection: Transaction, hall: str, day: str) -> list[Wanted]:
    """Return what hangs over citizens who were not called or answered in time (domain rules L08, I40)."""
    return [
        Wanted(f"{CardRule.VOICE_LATE.value}:{each.cause}", CardRule.VOICE_LATE, each.subject, due=each.due)
        for each in cards.hanging(connection, hall)
        if each.rule in VOICES and each.due is not None and each.due < day
    ]


def _upward(connection: Transaction, hall: str, day: str) -> list[Wanted]:
    """Return what hangs over the cases a higher authority was not asked about in time (domain rule I07)."""
    return [
        Wanted(
            cause=f"{rule.value}:{each.case_id}:{each.next_contact_on}",
            rule=rule,
            subject=each.case_no,
            window=each.window,
            due=each.next_contact_on,
            clerk=each.clerk,
        )
        for each in upward.overdue(connection, hall, day)
        for rule in (CardRule.UPWARD, CardRule.UPWARD_MANAGER)
    ]


def _contacts(context: Context, connection: Transaction, hall: str, rules: Rules) -> list[Wanted]:
    rule = rules.of(CardRule.CONTACT)
    if rule is None:
        return []
    before_ms = context.clock.now_ms() - rule.amount * MINUTE_MS
    return [
        Wanted(
            cause=f"{CardRule.CONTACT.value}:{each.contact_id}:{each.handed_ms}",
            rule=CardRule.CONTACT,
            subject=each.number,
            window=each.owner_window,
            clerk=each.owner,
        )
        for each in unaccepted_contacts(connection, hall)
        if each.handed_ms <= before_ms
    ]
