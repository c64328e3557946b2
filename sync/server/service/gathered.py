"""Rows of one transaction that wait to be written together: one statement for each table, however many add to it.

Only kinds whose handlers ask for these rows through ``Known`` alone gather; before any other kind is applied, and
before the transaction looks at its own rows, all of them are written (ADR 0030).
"""

from dataclasses import dataclass, field
from typing import Final

from app.domain.ticket import Ticket
from sync.server.storage import case_words, cases, ratings, tickets
from sync.server.storage.case_words import Words
from sync.server.storage.cases import DuplicateNumber, MirroredCase
from sync.server.storage.engine import Transaction
from sync.server.storage.ratings import Given, Invitation

KINDS: Final = frozenset(
    {
        "ticket.called",
        "ticket.walked_in",
        "ticket.served",
        "ticket.recalled",
        "ticket.missed",
        "ticket.held",
        "ticket.resumed",
        "ticket.finished",
        "case.accepted",
        "case.completed",
        "case.received",
        "rating.given",
    }
)
"""What a morning at a window is made of."""


class Clash(Exception):  # noqa: N818 - nobody's fault
    """A row stands in the way of one that was gathered: each operation has to be looked at for itself."""


@dataclass(slots=True)
class Gathered:
    """The rows; a ticket is kept with the moment it was closed, UTC milliseconds, where it was."""

    born: dict[str, tuple[Ticket, int | None]] = field(default_factory=dict)
    moved: dict[str, tuple[Ticket, Ticket, int | None]] = field(default_factory=dict)
    """By ticket what it was in the store, and what it is now."""
    cases: dict[str, tuple[MirroredCase, bytes]] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    grades: dict[str, Given] = field(default_factory=dict)

    def move(self, before: Ticket, after: Ticket, closed_ms: int | None) -> None:
        """Let a ticket be what it is after its last move."""
        of = before.ticket_id
        if of in self.born:
            self.born[of] = (after, closed_ms or self.born[of][1])
        else:
            first, _, closed = self.moved.get(of, (before, after, None))
            self.moved[of] = (first, after, closed_ms or closed)

    def write(self, connection: Transaction) -> None:
        """Write the rows, and gather anew.

        Raises:
            Clash: a key is taken, or a grade was given before.
            Overtaken: another transaction changed a ticket first.
        """
        self._write_tickets(connection)
        try:
            cases.add_all(connection, list(self.cases.values()))
        except DuplicateNumber as error:
            raise Clash from error
        case_words.add(connection, self.words)
        ratings.invite(connection, *self.invitations.values())
        if not ratings.give_all(connection, list(self.grades.values())):
            raise Clash
        for each in (self.cases, self.words, self.invitations, self.grades):
            each.clear()

    def _write_tickets(self, connection: Transaction) -> None:
        if not tickets.add_all_new(connection, list(self.born.values())):
            raise Clash
        moves = [(before, after) for before, after, closed_ms in self.moved.values() if closed_ms is None]
        tickets.move_all(connection, moves)
        ends = [(before, after) for before, after, closed_ms in self.moved.values() if closed_ms is not None]
        tickets.move_all(connection, ends, {of: closed for of, (_, _, closed) in self.moved.items() if closed})
        self.born.clear()
        self.moved.clear()
