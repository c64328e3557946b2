"""What the floor manager has to see to, made of the facts of the hall, the costliest for citizens first."""

from collections.abc import Collection, Iterator

from app.domain.floor import (
    MINUTE_MS,
    Alarm,
    AlarmKind,
    CardFacts,
    FloorFacts,
    Level,
    Remedy,
    Thresholds,
    Verb,
    WindowFacts,
    WindowStatus,
    contact_level,
    serves_too_long,
    wait_level,
)

CARD_KEY = "card:"
"""Begins the key of an alarm that is a card; the rest is the card's id."""


def alarms(facts: FloorFacts, limits: Thresholds) -> tuple[Alarm, ...]:
    """Return what is to be seen to, the costliest for citizens first; what was handled lately is left out."""
    found = (
        *_helps(facts),
        *_waits(facts, limits),
        *_services(facts, limits),
        *_contacts(facts, limits),
        *_stranded(facts, limits),
        *_pauses(facts),
        *_devices(facts),
        *_cards(facts),
    )
    fresh_since_ms = facts.now_ms - limits.remind_minutes * MINUTE_MS
    handled = {**facts.handled, **{card_key(each): each.acknowledged_ms or -1 for each in facts.cards}}
    shown = [each for each in found if handled.get(each.key, -1) < fresh_since_ms]
    levels, kinds = list(Level), list(AlarmKind)
    cost = {each.key: each.minutes * max(1, each.count) for each in shown}
    return tuple(sorted(shown, key=lambda a: (levels.index(a.level), kinds.index(a.kind), -cost[a.key], a.key)))


def card_key(card: CardFacts) -> str:
    """Return the key of the alarm a card makes."""
    return f"{CARD_KEY}{card.card_id}"


def remedy_for_wait(business: str, windows: Collection[WindowFacts]) -> Remedy:
    """Return how to shorten a line: open a closed window that calls it, else let an idle one take it over."""
    for each in windows:
        if each.opened and each.status is WindowStatus.CLOSED and business in each.businesses:
            return Remedy(Verb.OPEN, each.window)
    for each in windows:
        if each.status is WindowStatus.IDLE and business in each.may and business not in each.businesses:
            return Remedy(Verb.ASSIGN, each.window, (*each.businesses, business))
    return Remedy(Verb.HANDLE)


def _helps(facts: FloorFacts) -> Iterator[Alarm]:
    for each in facts.helps:
        yield Alarm(
            key=f"help:{each.call_id}",
            kind=AlarmKind.HELP,
            level=Level.RED,
            remedy=Remedy(Verb.ANSWER, each.window),
            minutes=_minutes(facts.now_ms - each.asked_ms),
            window=each.window,
            subject=each.call_id,
        )


def _waits(facts: FloorFacts, limits: Thresholds) -> Iterator[Alarm]:
    for each in facts.queues:
        minutes = _minutes(facts.now_ms - each.oldest_ms) if each.oldest_ms is not None else 0
        level = wait_level(minutes, limits)
        if level is None:
            continue
        yield Alarm(
            key=f"wait:{each.business}",
            kind=AlarmKind.WAIT,
            level=level,
            remedy=remedy_for_wait(each.business, facts.windows),
            minutes=minutes,
            business=each.business,
            ticket=each.first,
            count=each.waiting,
        )


def _services(facts: FloorFacts, limits: Thresholds) -> Iterator[Alarm]:
    for each in facts.windows:
        if serves_too_long(each, facts.now_ms, limits):
            yield Alarm(
                key=f"serving:{each.window}:{each.ticket}",
                kind=AlarmKind.SERVING,
                level=Level.RED,
                remedy=Remedy(Verb.HANDLE, each.window),
                minutes=_minutes(facts.now_ms - (each.since_ms or facts.now_ms)),
                window=each.window,
                ticket=each.ticket,
            )


def _contacts(facts: FloorFacts, limits: Thresholds) -> Iterator[Alarm]:
    closed = {each.window for each in facts.windows if each.status is WindowStatus.CLOSED}
    for each in facts.contacts:
        minutes = _minutes(facts.now_ms - each.handed_ms)
        level = contact_level(minutes, limits)
        if level is None:
            continue
        told = each.owner_window if each.to_window in closed else each.to_window
        yield Alarm(
            key=f"contact:{each.contact_id}:{each.handed_ms}",
            kind=AlarmKind.CONTACT,
            level=level,
            remedy=Remedy(Verb.REMIND, told),
            minutes=minutes,
            window=each.to_window,
            ticket=each.number,
            subject=f"{each.owner_window} {each.owner}",
        )


def _stranded(facts: FloorFacts, limits: Thresholds) -> Iterator[Alarm]:
    for each in facts.windows:
        since = each.cut_off_since_ms
        if since is None or not each.reserved:
            continue
        minutes = _minutes(facts.now_ms - since)
        yield Alarm(
            key=f"stranded:{each.window}:{since}",
            kind=AlarmKind.STRANDED,
            level=Level.RED if minutes >= limits.stranded_red else Level.YELLOW,
            remedy=Remedy(Verb.FENCE, each.window),
            minutes=minutes,
            window=each.window,
            ticket=each.reserved[0],
            count=len(each.reserved),
            note=" ".join(each.reserved),
        )


def _pauses(facts: FloorFacts) -> Iterator[Alarm]:
    for each in facts.windows:
        until = each.paused_until_ms
        if each.status is WindowStatus.PAUSED and until is not None and until < facts.now_ms:
            yield Alarm(
                key=f"pause:{each.window}:{until}",
                kind=AlarmKind.PAUSE,
                level=Level.YELLOW,
                remedy=Remedy(Verb.HANDLE, each.window),
                minutes=_minutes(facts.now_ms - until),
                window=each.window,
            )


def _devices(facts: FloorFacts) -> Iterator[Alarm]:
    for each in facts.faults:
        yield Alarm(
            key=f"device:{each.window}:{each.device}:{each.since_ms}",
            kind=AlarmKind.DEVICE,
            level=Level.BLUE,
            remedy=Remedy(Verb.HANDLE, each.window),
            minutes=_minutes(facts.now_ms - each.since_ms),
            window=each.window,
            subject=each.reason,
        )


def _cards(facts: FloorFacts) -> Iterator[Alarm]:
    for each in facts.cards:
        yield Alarm(
            key=card_key(each),
            kind=AlarmKind.CARD,
            level=each.level,
            remedy=Remedy(Verb.ANSWER_CARD, each.window),
            minutes=_minutes(facts.now_ms - each.raised_ms),
            window=each.window,
            ticket=each.number,
            subject=each.rule,
            note=" ".join(filter(None, (each.due, each.clerk))),
        )


def _minutes(milliseconds: int) -> int:
    return max(0, milliseconds) // MINUTE_MS
