"""What the manager's typed letters and digits mean: a window by its name or by its place, a business, a phrase."""

from dataclasses import dataclass

from app.domain.ticket_number import typed_number
from sync.protocol.floor_messages import FloorState, FloorWindow

PHRASES = (
    "请到值班台来一下",
    "请留意等候时间，尽快叫号",
    "请提醒群众评价",
    "到时间了，请安排轮换",
)
"""What F5 says to a window, by its digit."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """F3: the business a window is to call."""

    business: str
    window: FloorWindow


@dataclass(frozen=True, slots=True)
class Message:
    """F5: the phrase for a window."""

    window: FloorWindow
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Shift+F2: so many numbers are kept for the window."""

    window: FloorWindow
    count: int


def window_of(state: FloorState, typed: str) -> FloorWindow | None:
    """Return the window ``a03`` or ``3`` names: letters and digits its name, digits alone its place on the screen."""
    name = typed.upper()
    by_name = next((each for each in state.windows if each.window.upper() == name), None)
    if by_name is not None or not name.isascii() or not name.isdecimal():
        return by_name
    place = int(name)
    return state.windows[place - 1] if 0 < place <= len(state.windows) else None


def ticket_typed(typed: str) -> str:
    """Return the number that is meant: ``a012`` is A012, ``w07001`` the window's own W07-001; else what was typed."""
    return typed_number(typed) or typed.upper()


def window_at(state: FloorState, name: str) -> FloorWindow | None:
    """Return the window of that name as it stands now."""
    return next((each for each in state.windows if each.window == name), None)


def assignment_of(state: FloorState, typed: str) -> Assignment | None:
    """Read ``c12`` or ``cd02``: the letter of the business, then the window."""
    business = next((each for each in state.queues if each.code.upper() == typed[:1].upper()), None)
    window = window_of(state, typed[1:])
    return None if business is None or window is None else Assignment(business.code, window)


def message_of(state: FloorState, typed: str) -> Message | None:
    """Read ``61`` or ``a061``: the window, then the digit of the phrase."""
    window, digit = window_of(state, typed[:-1]), typed[-1:]
    if window is None or digit not in "1234" or not digit:
        return None
    return Message(window, PHRASES[int(digit) - 1])


def block_of(state: FloorState, typed: str) -> Block | None:
    """Read ``a033`` or ``33``: the window, then how many numbers it keeps."""
    window, count = window_of(state, typed[:-1]), typed[-1:]
    if window is None or not count.isascii() or not count.isdecimal():
        return None
    return Block(window, int(count))


def businesses_after(assigned: Assignment) -> list[str]:
    """Return what the window calls afterwards: the business is added, or taken away where it was the window's already.

    Its last business stays.
    """
    held = assigned.window.businesses
    if assigned.business not in held:
        return [*held, assigned.business]
    return [code for code in held if code != assigned.business] or list(held)
