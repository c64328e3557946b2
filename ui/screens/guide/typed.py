"""What the guide's typed letters and digits mean: a business, a reason for priority, a number, a place in a list."""

from sync.client.guide import GuideWish, Verb
from sync.protocol.floor_messages import FloorPriority, FloorQueue
from sync.protocol.guide_messages import GuideState
from ui.screens.floor.typed import ticket_typed
from ui.screens.guide.state import Ask, Question

SHORTEST = 2
"""Signs of a number: a letter and a digit at least."""


def business_of(state: GuideState, typed: str) -> FloorQueue | None:
    """Return the business of the first letter."""
    return next((each for each in state.queues if each.code == typed[:1].upper()), None)


def reason_of(state: GuideState, digit: str) -> FloorPriority | None:
    """Return the reason of that digit, counted from 1."""
    place = int(digit) if digit.isdecimal() else 0
    return state.priorities[place - 1] if 0 < place <= len(state.priorities) else None


def missed_number(state: GuideState, typed: str) -> str:
    """Return the number that is meant: by its place among those called in vain, or as it is printed; empty if none."""
    if typed.isdecimal():
        place = int(typed)
        return state.missed[place - 1].number if 0 < place <= len(state.missed) else ""
    return ticket_typed(typed) if len(typed) >= SHORTEST else ""


def wish_of(state: GuideState, ask: Ask) -> GuideWish | None:
    """Return what Enter does, None while what is typed means nothing yet."""
    match ask.question:
        case Question.ISSUE:
            business, reason = business_of(state, ask.typed), reason_of(state, ask.typed[1:])
            if business is None:
                return None
            return GuideWish(Verb.ISSUE, business.code, priority=reason.code if reason else None)
        case Question.REVIVE:
            number = missed_number(state, ask.typed)
            return GuideWish(Verb.REVIVE, number=number) if number else None
        case Question.FIND:
            return GuideWish(Verb.SHOW, number=ticket_typed(ask.typed)) if len(ask.typed) >= SHORTEST else None
        case _:
            return None
