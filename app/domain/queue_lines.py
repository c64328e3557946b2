"""Whom several windows call one after the other, pure: each choice is made on what the choices before it left."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from app.domain.queue_policy import Choice, choose
from app.domain.queue_rules import QueueRules
from app.domain.ticket import Ticket

Codes = tuple[str, ...]
"""The businesses a window calls: windows with the same ones stand before one line."""


class QueueLines:
    """The lines as they were read, and who of them has been chosen since.

    ``waiting`` are, of every business and priority, as many from the head as windows choose; ``lately`` are by line the
    priorities of who was called last, newest first, as many as the rules look at; ``own`` are the tickets that stand
    before one window alone: handed to it, or reserved for it.
    """

    def __init__(
        self,
        rules: QueueRules,
        now_ms: int,
        *,
        own: Mapping[str, Sequence[Ticket]],
        waiting: Iterable[Ticket],
        lately: Mapping[Codes, Sequence[str | None]],
    ) -> None:
        self._rules = rules
        self._now_ms = now_ms
        self._own = own
        self._lately = {codes: deque(priorities) for codes, priorities in lately.items()}
        self._chosen: set[str] = set()
        self._waiting: dict[tuple[str, str | None], deque[Ticket]] = {}
        for each in sorted(waiting, key=lambda each: (each.place_ms, each.ticket_id)):
            self._waiting.setdefault((each.business, each.priority), deque()).append(each)

    def next_for(self, window: str, codes: Codes) -> Choice | None:
        """Choose for the window; whom it gets nobody else does. None where nobody waits for it."""
        line = [each for each in self._own.get(window, ()) if each.ticket_id not in self._chosen]
        line += [heads[0] for (business, _), heads in self._waiting.items() if heads and business in codes]
        choice = choose(line, self._rules, self._now_ms, in_a_row=self._in_a_row(codes))
        if choice is not None:
            self._take(choice.ticket)
        return choice

    def _take(self, ticket: Ticket) -> None:
        self._chosen.add(ticket.ticket_id)
        heads = self._waiting.get((ticket.business, ticket.priority))
        if heads and heads[0].ticket_id == ticket.ticket_id:
            heads.popleft()
        for codes, priorities in self._lately.items():
            if ticket.business in codes:
                priorities.appendleft(ticket.priority)

    def _in_a_row(self, codes: Codes) -> int:
        """Return how many with a priority were called since the last one without, as far back as the rules look."""
        most = self._rules.ordinary_after or 0
        lately = [priority for priority, _ in zip(self._lately.get(codes, ()), range(most), strict=False)]
        return next((n for n, priority in enumerate(lately) if priority is None), len(lately))
