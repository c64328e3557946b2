"""The figures of a day, from its tickets alone: means, and how line and wait went from half hour to half hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEP_MS = 30 * 60_000
STEPS = 9
"""Bars of a sparkline, the last one now."""


@dataclass(frozen=True, slots=True)
class TicketTimes:
    """When a ticket was issued, called and closed, UTC milliseconds; ``gone`` without a call (void)."""

    issued_ms: int
    called_ms: int | None = None
    closed_ms: int | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """Half hour by half hour, oldest first: people waiting, the longest wait in minutes, and numbers given out."""

    waiting: tuple[int, ...]
    longest: tuple[int, ...]
    issued: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Endings:
    """How the visits of a window ended today: all that ended, and those that came to nothing (domain rule I18)."""

    ended: int = 0
    nothing: int = 0


def endings(visits: Iterable[tuple[str, bool]]) -> dict[str, Endings]:
    """Count by window; a visit is its window, and whether the citizen left without a case or a paper (无结果)."""
    found: dict[str, Endings] = {}
    for window, nothing in visits:
        so_far = found.get(window, Endings())
        found[window] = Endings(so_far.ended + 1, so_far.nothing + nothing)
    return found


def mean(lengths_ms: Sequence[int]) -> int | None:
    """Return the mean in milliseconds; None without any."""
    return round(sum(lengths_ms) / len(lengths_ms)) if lengths_ms else None


def waits_ms(tickets: Sequence[TicketTimes]) -> list[int]:
    """Return issue to call of the tickets that were called."""
    return [each.called_ms - each.issued_ms for each in tickets if each.called_ms is not None]


def services_ms(tickets: Sequence[TicketTimes]) -> list[int]:
    """Return call to close of the tickets that were closed."""
    return [
        each.closed_ms - each.called_ms
        for each in tickets
        if each.called_ms is not None and each.closed_ms is not None and each.closed_ms >= each.called_ms
    ]


def course(tickets: Sequence[TicketTimes], now_ms: int) -> Course:
    """Return how the day went until now."""
    moments = [now_ms - STEP_MS * back for back in reversed(range(STEPS))]
    waits = [[moment - each.issued_ms for each in tickets if _waits_at(each, moment)] for moment in moments]
    return Course(
        waiting=tuple(len(each) for each in waits),
        longest=tuple(max(each, default=0) // 60_000 for each in waits),
        issued=tuple(sum(moment - STEP_MS < each.issued_ms <= moment for each in tickets) for moment in moments),
    )


def _waits_at(ticket: TicketTimes, moment: int) -> bool:
    if ticket.gone or ticket.issued_ms > moment:
        return False
    return ticket.called_ms is None or ticket.called_ms > moment
