"""What the operations of one transaction have in common: read for all of them at once, written for all at once.

Nothing here is right for longer than the transaction, nor where what it names is not locked (ADR 0030).
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from app.domain.operation import Operation
from app.domain.ticket import Ticket
from sync.server.service.gathered import KINDS, Gathered
from sync.server.storage import case_words, cases, clerks, first_contacts, ratings, tickets
from sync.server.storage.case_words import Words
from sync.server.storage.cases import MirroredCase
from sync.server.storage.clerks import Profile
from sync.server.storage.engine import Transaction
from sync.server.storage.ratings import Given, Invitation


@dataclass(slots=True)
class Known:
    """People and what is in force, which no operation changes; tickets as they are now; what there is not.

    ``may_gather``: no operation is taken back for itself, so what is written may wait. Without it, all is written and
    asked for at once.
    """

    may_gather: bool = False
    actors: dict[str, Profile | None] = field(default_factory=dict)
    published: dict[str, int | None] = field(default_factory=dict)
    _tickets: dict[str, Ticket] = field(default_factory=dict)
    _new_cases: set[str] = field(default_factory=set)
    """Named cases that the server does not hold."""
    _never_handed: set[str] = field(default_factory=set)
    """Tickets of which there is no first contact."""
    _gathers: bool = False
    _gathered: Gathered = field(default_factory=Gathered)

    def read_ahead(self, connection: Transaction, hall: str, operations: Collection[Operation]) -> None:
        """Read and lock what the operations name, in id order; where it is one thing, its operation asks for it."""
        numbers = {each.actor.clerk for each in operations}
        found = clerks.several(connection, hall, numbers)
        self.actors.update({number: found.get(number) for number in numbers})
        named = {of: {each.entity_id for each in operations if each.entity == of} for of in ("ticket", "case")}
        if len(named["ticket"]) > 1:
            self._tickets.update(tickets.lock(connection, hall, named["ticket"]))
        if len(named["case"]) > 1:
            self._new_cases.update(named["case"] - cases.lock(connection, hall, named["case"]))
        if len(self._tickets) > 1:
            self._never_handed.update(self._tickets.keys() - first_contacts.known(connection, hall, self._tickets))

    def turn_to(self, connection: Transaction, kind: str) -> None:
        """Get ready for an operation of this kind: most ask the store, which has to know all by then."""
        self._gathers = self.may_gather and kind in KINDS
        if not self._gathers:
            self.write(connection)
            self._tickets.clear()

    def write(self, connection: Transaction) -> None:
        """Write what was gathered.

        Raises:
            Clash, Overtaken: as ``Gathered.write``.
        """
        self._gathered.write(connection)

    def ticket(self, connection: Transaction, hall: str, ticket_id: str) -> Ticket | None:
        """Return the ticket with this id as it is now."""
        return self._tickets.get(ticket_id) or tickets.get(connection, hall, ticket_id)

    def ticket_by_number(self, connection: Transaction, hall: str, day: str, number: str) -> Ticket | None:
        """Return the ticket with this printed number on this day as it is now."""
        self.write(connection)
        found = tickets.by_number(connection, hall, day, number)
        return found and self._tickets.get(found.ticket_id, found)

    def add_ticket(self, connection: Transaction, new: Ticket) -> bool:
        """Insert a ticket that a counter made; False when its id, or its number on that day, is taken."""
        if not self._gathers:
            return tickets.add_new(connection, new)
        self._gathered.born[new.ticket_id] = (new, None)
        self._tickets[new.ticket_id] = new
        self._never_handed.add(new.ticket_id)
        return True

    def move(self, connection: Transaction, before: Ticket, after: Ticket, closed_ms: int | None = None) -> None:
        """Replace what ``before`` says by ``after``.

        Raises:
            Overtaken: the row no longer is what ``before`` says.
        """
        if not self._gathers:
            tickets.move(connection, before, after, closed_ms)
            return
        self._gathered.move(before, after, closed_ms)
        self._tickets[after.ticket_id] = after

    def was_handed(self, ticket_id: str) -> bool:
        """Say whether there may be a first contact of a ticket."""
        return ticket_id not in self._never_handed

    def handed(self, ticket_id: str) -> None:
        """Take note of a first contact of a ticket."""
        self._never_handed.discard(ticket_id)

    def case(self, connection: Transaction, hall: str, case_id: str) -> MirroredCase | None:
        """Return one case and lock its row."""
        if case_id in self._gathered.cases:
            self.write(connection)
        return None if case_id in self._new_cases else cases.get(connection, hall, case_id)

    def add_case(self, connection: Transaction, new: MirroredCase, sealed: bytes, words: Words) -> None:
        """Insert a case, and what it is found by.

        Raises:
            DuplicateNumber: the number is taken; the transaction must go back to its savepoint.
        """
        self._new_cases.discard(new.case_id)
        if self._gathers:
            self._gathered.cases[new.case_id] = (new, sealed)
            self._gathered.words.append(words)
        else:
            cases.add_all(connection, [(new, sealed)])
            case_words.add(connection, [words])

    def invite(self, connection: Transaction, new: Invitation) -> None:
        """Keep an invitation to rate; one that is there already stays as it is."""
        if self._gathers:
            self._gathered.invitations.setdefault(new.token_hash, new)
        else:
            ratings.invite(connection, new)

    def grade(self, connection: Transaction, given: Given) -> bool:
        """Record a grade; False when it was given before, the time is over, or nobody of the hall invited to it."""
        if self._gathers and given.token_hash not in self._gathered.grades:
            self._gathered.grades[given.token_hash] = given
            return True
        self.write(connection)
        return ratings.give_all(connection, [given])
