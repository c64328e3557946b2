"""The life of every ticket as the hall's feed tells it: only legal moves, each made by a person, at one window."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.clock_skew import LIMIT_MS
from app.domain.operation import Operation
from app.domain.ticket import TICKET, TicketState
from app.domain.transfer import ANSWER_WITHIN_MS, OFFERED
from hall_in_a_box.disk import Disk
from hall_in_a_box.timeline import require

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
RELEASED = "ticket.released"
OVER = frozenset({S.DONE, S.LEFT, S.MISSED, S.VOID})
LEFT_OVER = OVER | {S.WAITING, S.RESERVED, S.CALLED, S.TRANSFERRING, S.RETURNED}
"""What may stand for ever of an earlier day: nobody sits in the hall for it."""


def made_by(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """Return the kind of the only operation that makes this move, or None where the authority may."""
    was, state = TicketState(before["state"]), TicketState(after["state"])
    if state is S.WAITING:
        # Who is revived keeps the miss; a withdrawn call takes back the one its window knew nothing of.
        return WITHDRAWN if was is S.CALLED or after["misses"] < before["misses"] else None
    return UNMISSED if was in PASSED_OVER and state is S.CALLED else MADE_BY.get(state)


@dataclass(frozen=True)
class WatchMemory:
    """What was known of the server's tickets at one moment."""

    tickets: dict[str, dict[str, Any]]
    numbers: dict[str, str]
    moves: Counter[tuple[str, str]]


class TicketWatch:
    """``tickets`` are the newest rows by id, ``numbers`` go from printed number to id, ``moves`` count by kind.

    Of ``doubted`` numbers two windows may know without having heard of each other: then one of the two acts waits for
    a person.
    """

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
        self._given_back: Counter[tuple[str, str]] = Counter()
        self._epochs: dict[str, int] = {}
        self.doubted: set[str] = set()
        self.made_anew: set[str] = set()
        self._undone: defaultdict[str, set[str]] = defaultdict(set)
        self.owed: set[str] = set()
        """Numbers that two windows called, so that the undoing of one of them has to wait for a person."""
        self.named: dict[str, str] = {}
        """The number of each ticket id that a window named."""
        self._restored = False

    def memory(self) -> WatchMemory:
        """Return what is known of the server's tickets."""
        return WatchMemory(dict(self.tickets), dict(self.numbers), self.moves.copy())

    def go_back(self, known: WatchMemory) -> None:
        """Know no more of the server's tickets than that; reservations are counted anew."""
        self.tickets, self.numbers, self.moves = dict(known.tickets), dict(known.numbers), known.moves.copy()
        self._epochs.clear()
        self._restored = True

    def everybody_settled(self) -> bool:
        """Whether no ticket waits, is called, served, held or on its way.

        Nobody calls or passes over a ticket of an earlier day, as one may be that a window told of too late.
        """
        today = max((row["business_date"] for row in self.tickets.values()), default="")
        return all(
            row["state"] in (OVER if row["business_date"] == today else LEFT_OVER) for row in self.tickets.values()
        )

    def committed(self, window: str, operation: Operation) -> None:
        """Hear of an operation that a window committed."""
        if operation.entity == "ticket":
            number = operation.payload["number"]
            self.named[operation.entity_id] = number
            self._reported[operation.kind, number] += 1
            if operation.kind == UNMISSED:
                self._undone[number].add(window)
            if operation.kind == RELEASED:
                self.gave_back(window, [number])
                return
            self.windows[number].add(window)
            epoch = operation.payload.get("epoch")
            if operation.kind == "ticket.called" and epoch is not None and not self._restored:
                require(epoch > self._epochs.get(window, 0), f"{window} called {number} out of the order of its block")
                self._epochs[window] = epoch

    def gave_back(self, window: str, numbers: Sequence[str]) -> None:
        """Hear that these leave the window's block: by its own word, or the manager's who looked there."""
        self._given_back.update((window, number) for number in numbers)

    def announced(self, window: str, number: str) -> None:
        """Hear the loudspeaker: whom another window still calls, that window must have been made to pass over."""
        self._callers.add(number)
        for other, disk in self._counters.items():
            for (rev,) in disk.rows("SELECT ticket_rev FROM visit WHERE number = ? AND state = 'called'", number):
                if other != window and self._passed_over.get(number, 0) <= rev and number not in self.doubted:
                    # A miss is undone without asking anybody, and may have been called elsewhere a moment ago.
                    undone = {window, other} & self._undone[number]
                    require(bool(undone), f"{number} was called to {other} and to {window}")
                    self.owed.add(number)

    def changed(self, ticket_id: str, rev: int, row: dict[str, Any]) -> None:
        """Look at the next revision of a ticket in the feed."""
        number, state = row["number"], TicketState(row["state"])
        before = self.tickets.get(ticket_id)
        self.tickets[ticket_id] = row
        if row["window"] is not None:
            self.windows[number].add(row["window"])
        if before is None:
            born = TicketState.SERVING if self._reported["ticket.walked_in", number] else TicketState.WAITING
            # A restored server makes a number anew when somebody names it: it begins with what was said of it.
            require((rev == 1 and state is born) or self._restored, f"{number} was born {state}")
            require(self.numbers.setdefault(number, ticket_id) == ticket_id, f"{number} was given out twice")
            return
        was = TicketState(before["state"])
        require(rev == before["rev"] + 1, f"{number} jumped from revision {before['rev']} to {rev}")
        require((was, state) in MOVES | AT_ONCE, f"{number} went from {was} to {state}")
        self._by_somebody(number, before, row)
        if was is TicketState.RESERVED:
            self._out_of_its_block(number, before, row)
        if was in OFFERED and state is TicketState.CALLED:
            self._to_its_window(ticket_id, before, row)
        if state in PASSED_OVER:
            self._passed_over[number] = rev
            # A store made anew forgot under which key it asked: who was called meanwhile stood on the boards alone.
            heard = self._heard(number) or row["window"] in self.made_anew
            require(heard, f"{number} was passed over, but never called out")

    def _by_somebody(self, number: str, before: dict[str, Any], row: dict[str, Any]) -> None:
        kind = made_by(before, row)
        if kind is not None:
            self.moves[kind, number] += 1
            made, said = self.moves[kind, number], self._reported[kind, number]
            require(made <= said, f"{number} went from {before['state']} to {row['state']}, and nobody said {kind}")

    def _out_of_its_block(self, number: str, before: dict[str, Any], row: dict[str, Any]) -> None:
        """A kept number is called by its window alone, served by its paper, or given back by people; never by time."""
        window, state = before["window"], TicketState(row["state"])
        if state is TicketState.CALLED:
            require(row["window"] == window, f"{number} was kept for {window}, and called to {row['window']}")
        elif state is TicketState.WAITING:
            require(self._given_back[window, number] > 0, f"{number} left the block of {window}, and nobody said so")
        elif row["window"] != window:
            # Its paper was shown elsewhere. A window that is cut off does not know, and may call who is served already.
            self.doubted.add(number)

    def _to_its_window(self, ticket_id: str, before: dict[str, Any], row: dict[str, Any]) -> None:
        """Who was sent on is called by that window alone: it took them, chose them, or their minute is over."""
        number, window = row["number"], row["window"]
        require(window == before["to_window"], f"{number} was sent to {before['to_window']}, and called to {window}")
        waited = not -LIMIT_MS <= row["called_ms"] - before["offered_ms"] < ANSWER_WITHIN_MS
        taken = self._reported[TAKEN, number] > 0 or before["state"] == TicketState.RETURNED
        chosen = self._server.rows("SELECT 1 FROM queue_ledger WHERE ticket_id = ?", ticket_id)
        require(waited or taken or bool(chosen), f"{number} was called to {window} before its minute was over")

    def _heard(self, number: str) -> bool:
        """Whether the holder of a number heard of it: from the loudspeaker, or standing at a window already."""
        return number in self._callers or any(
            each.rows("SELECT 1 FROM visit WHERE number = ?", number) for each in self._counters.values()
        )
