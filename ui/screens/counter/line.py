"""The line before this window, as the counter's copy of the hall tells it: who waits in which order, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from app.domain.queue_policy import Choice, in_order
from app.domain.queue_rules import QueueRules
from app.domain.revival import REVIVE_WITHIN_MS
from app.domain.takeover import Contact, asked_window
from app.domain.ticket import Ticket
from app.domain.transfer import WindowLine
from app.domain.visit import CAME_TO_NOTHING
from app.ports.store import Reading
from app.usecases.reserved import block_left

SHOWN = 30
LOOKED_AT = 200
"""Waiting tickets that are put in order: by rules of its own a hall may call one from far behind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A first contact nobody took over yet; ``window`` is the one that is asked now."""

    contact: Contact
    window: str


@dataclass(frozen=True, slots=True)
class LineFacts:
    """``waiting`` in calling order, ``first`` the choice of its head and why; ``offers`` await this window's answer.

    ``contacts`` are first contacts that wait for this window to take over, or for another one to take over from it.
    ``by_number`` are the numbers that may be called out of turn: those who wait, or were missed within the hour.
    ``block`` is what is left of the numbers reserved for this window, in the order it calls them; up to the reservation
    ``own_epoch`` it asked for them by itself.
    """

    waiting: tuple[Ticket, ...] = ()
    first: Choice | None = None
    by_number: frozenset[str] = frozenset()
    offers: tuple[Ticket, ...] = ()
    contacts: tuple[Asked, ...] = ()
    block: tuple[Ticket, ...] = ()
    own_epoch: int = 0


@dataclass(frozen=True, slots=True)
class Handing:
    """What the questions of a transfer stand at.

    ``lines`` are the hall's windows as last asked for, None while the answer is awaited. ``offer`` is the ticket the
    clerk is asked about, ``answered`` those already answered, by id and revision, until the authority knows; ``taken``
    in the same way the first contacts that were taken over here. ``choices`` are those the open question numbers.
    """

    lines: tuple[WindowLine, ...] | None = None
    offer: Ticket | None = None
    answered: frozenset[tuple[str, int]] = frozenset()
    taken: frozenset[tuple[str, int]] = frozenset()
    choices: tuple[Contact, ...] = ()


def read_line(view: Reading, window: str, businesses: Sequence[str], rules: QueueRules, now_ms: int) -> LineFacts:
    """Return the line of these businesses before this window."""
    offers = tuple(each for each in view.offered_to(window) if _still_offered(view, each))
    block, waiting = block_left(view, window), view.waiting(businesses, LOOKED_AT)
    most = rules.ordinary_after
    lately = view.called_lately(businesses, most) if most else ()
    in_a_row = next((n for n, priority in enumerate(lately) if priority is None), len(lately))
    line = list(islice(in_order((*offers, *block, *waiting), rules, now_ms, in_a_row=in_a_row), SHOWN))
    missed = view.missed_since(businesses, now_ms - REVIVE_WITHIN_MS)
    return LineFacts(
        waiting=tuple(each.ticket for each in line),
        first=line[0] if line else None,
        by_number=frozenset(each.number for each in (*block, *waiting, *missed)),
        offers=offers,
        contacts=tuple(Asked(each, asked_window(each, its)) for each, its in view.unaccepted_contacts(window)),
        block=block,
        own_epoch=view.own_block_epoch(),
    )


def _still_offered(view: Reading, ticket: Ticket) -> bool:
    """Leave out a ticket this window took or sent back before the authority's feed says so."""
    own = view.visit_of(ticket.ticket_id)
    return (own is None or own.outcome in CAME_TO_NOTHING) and not view.sent_back(ticket)
