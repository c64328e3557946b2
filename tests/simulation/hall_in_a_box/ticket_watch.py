"""The life of every ticket as the hall's feed tells it: only legal moves, each made by a person, at one window."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from app.domain.operation import Operation
from app.domain.ticket import TICKET, TicketState
from app.domain.transfer import ANSWER_WITHIN_MS, OFFERED
from hall_in_a_box.disk import Disk
from hall_in_a_box.timeline import Violation, require

Move = tuple[TicketState, TicketState]

S = TicketState
PASSED_OVER = (S.MISSED, S.VOID)
MOVES: set[Move] = {(before, after) for (before, _), after in TICKET.rows().items()}
AT_ONCE: set[Move] = {(S.CALLED, S.VOID), (S.SERVING, S.VOID)} | {
    (before, after) for before in PASSED_OVER for after in (S.WAITING, S.HELD, S.TRANSFERRING)
}
"""Two moves in one revision: the third miss voids; a window did something else with whom its next call passed over."""
MADE_BY: dict[TicketState, str] = {
    S.HELD: "ticket.held",
    S.TRANSFERRING: "ticket.transferred",
    S.RETURNED: "ticket.declined",
    S.LEFT: "ticket.left",
    S.DONE: "ticket.finished",
}
"""Moves nobody but a window makes, by where they lead; each operation makes one."""
WITHDRAWN, UNMISSED, TAKEN = "ticket.withdrawn", "ticket.unmissed", "ticket.taken"
OVER = frozenset({S.DONE, S.LEFT, S.MISSED, S.VOID})


def made_by(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """Return the kind of the only operation that makes this move, or None where the authority may."""
    was, state = TicketState(before["state"]), TicketState(after["state"])
    if state is S.WAITING:
        # Who is revived keeps the miss; a withdrawn call takes back the one its window knew nothing of.
        return WITHDRAWN if was is S.CALLED or after["misses"] < before["misses"] else None
    return UNMISSED if was in PASSED_OVER and state is S.CALLED else MADE_BY.get(state)


class TicketWatch:
    """``tickets`` are the newest rows by id, ``numbers`` go from printed number to id, ``moves`` count by kind."""

    def __init__(self, server: Disk, counters: Mapping[str, Disk]) -> None:
        self._server = server
        self._counters = counters
        self.tickets: dict[str, dict[str, Any]] = {}
        self.numbers: dict[str, str] = {}
        self.moves: Counter[tuple[str, str]] = Counter()
        self.windows: defaultdict[str, set[str]] = defaultdict(set)
        self._reported: Counter[tuple[str, str]] = Counter()
        self._passed_over: dict[str, int] = {}
        self._callers: set[str] = set()

    def everybody_settled(self) -> bool:
        """Whether no ticket waits, is called, served, held or on its way."""
        return all(row["state"] in OVER for row in self.tickets.values())

    def committed(self, window: str, operation: Operation) -> None:
        """Hear of an operation that a window committed."""
        if operation.entity == "ticket":
            number = operation.payload["number"]
            self._reported[operation.kind, number] += 1
            self.windows[number].add(window)

    def announced(self, window: str, number: str) -> None:
        """Hear the loudspeaker: whom another window still calls, that window must have been made to pass over."""
        self._callers.add(number)
        for other, disk in self._counters.items():
            for (rev,) in disk.rows("SELECT ticket_rev FROM visit WHERE number = ? AND state = 'called'", number):
                if other != window and self._passed_over.get(number, 0) <= rev:
                    raise Violation(f"{number} was called to {other} and to {window}")

    def changed(self, ticket_id: str, rev: int, row: dict[str, Any]) -> None:
        """Look at the next revision of a ticket in the feed."""
        number, state = row["number"], TicketState(row["state"])
        before = self.tickets.get(ticket_id)
        self.tickets[ticket_id] = row
        if row["window"] is not None:
            self.windows[number].add(row["window"])
        if before is None:
            born = TicketState.SERVING if self._reported["ticket.walked_in", number] else TicketState.WAITING
            require(rev == 1 and state is born, f"{number} was born {state}")
            require(self.numbers.setdefault(number, ticket_id) == ticket_id, f"{number} was given out twice")
            return
        was = TicketState(before["state"])
        require(rev == before["rev"] + 1, f"{number} jumped from revision {before['rev']} to {rev}")
        require((was, state) in MOVES | AT_ONCE, f"{number} went from {was} to {state}")
        self._by_somebody(number, before, row)
        if was in OFFERED and state is TicketState.CALLED:
            self._to_its_window(ticket_id, before, row)
        if state in PASSED_OVER:
            self._passed_over[number] = rev
            require(self._heard(number), f"{number} was passed over, but never called out")

    def _by_somebody(self, number: str, before: dict[str, Any], row: dict[str, Any]) -> None:
        kind = made_by(before, row)
        if kind is not None:
            self.moves[kind, number] += 1
            made, said = self.moves[kind, number], self._reported[kind, number]
            require(made <= said, f"{number} went from {before['state']} to {row['state']}, and nobody said {kind}")

    def _to_its_window(self, ticket_id: str, before: dict[str, Any], row: dict[str, Any]) -> None:
        """Who was sent on is called by that window alone: it took them, chose them, or their minute is over."""
        number, window = row["number"], row["window"]
        require(window == before["to_window"], f"{number} was sent to {before['to_window']}, and called to {window}")
        waited = row["called_ms"] - before["offered_ms"] >= ANSWER_WITHIN_MS
        taken = self._reported[TAKEN, number] > 0 or before["state"] == TicketState.RETURNED
        chosen = self._server.rows("SELECT 1 FROM queue_ledger WHERE ticket_id = ?", ticket_id)
        require(waited or taken or bool(chosen), f"{number} was called to {window} before its minute was over")

    def _heard(self, number: str) -> bool:
        """Whether the holder of a number heard of it: from the loudspeaker, or standing at a window already."""
        return number in self._callers or any(
            each.rows("SELECT 1 FROM visit WHERE number = ?", number) for each in self._counters.values()
        )
