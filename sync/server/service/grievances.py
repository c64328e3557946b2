"""Keeps a grievance and hangs up its cards: who must be called or answered, and by when (domain rules L08, I39, I40).

The cards name neither the window nor a clerk: the feed brings them to every window, and whom it is about is for the
floor manager and the supervisor alone, who ask for it by its number.
"""

import json

from app.domain.canonical import canonical_json
from app.domain.grievance import Grievance, GrievanceKind, Said
from app.domain.record import plain
from app.domain.rights import Act
from app.domain.supervision import CardRule, Wanted
from app.ports.clock import new_id
from sync.protocol.card_messages import GrievanceSeen
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.raise_cards import raise_cards
from sync.server.service.refusals import refusal
from sync.server.storage import case_access, grievances
from sync.server.storage.case_access import Access
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change

SEEN = "grievance"
"""The act of a look, as it is kept."""


def keep(
    context: Context, connection: Transaction, hall: str, new: Grievance, said: Said, *, code_hash: str | None = None
) -> list[Change]:
    """Keep the grievance under its number and return the feed rows of its cards."""
    sealed = context.cipher.seal(canonical_json(plain(said)), _place(hall, new.number))
    grievances.add(connection, hall, new, sealed, code_hash)
    rules = context.plan(connection, hall).floor.cards
    return raise_cards(context, connection, hall, [*_wanted(new)], rules)


def _wanted(new: Grievance) -> list[Wanted]:
    if new.kind is GrievanceKind.COMPLAINT:
        days = {CardRule.COMPLAINT: new.reply_due}
    else:
        days = {CardRule.RATING_CONTACT: new.contact_due or new.reply_due, CardRule.RATING_FEEDBACK: new.reply_due}
    return [Wanted(f"{rule.value}:{new.number}", rule, new.number, due=day) for rule, day in days.items()]


def see_grievance(context: Context, caller: Caller, hall: str, number: str) -> GrievanceSeen:
    """Return a grievance whole to who answers for it; the look is kept (PIPL art. 51, 54).

    Raises:
        Refused: ``forbidden``, ``unknown_hall``, or ``not_found``.
    """
    caller.require(Act.SEE_GRIEVANCE, hall)
    by = caller.clerk or caller.identity
    note = context.cipher.seal(b"{}", f"access/{hall}/{number}")
    look = Access(hall, new_id(context.clock), context.clock.now_ms(), by, SEEN, number, 1, note)

    def work(connection: Transaction) -> tuple[Grievance, bytes]:
        found, sealed = grievances.get(connection, hall, number), grievances.sealed_of(connection, hall, number)
        if found is None or sealed is None:
            raise refusal("not_found")
        case_access.add(connection, look)
        return found, sealed

    found, sealed = context.storage.write(work)
    said = Said(**json.loads(context.cipher.open(sealed, _place(hall, number))))
    return GrievanceSeen(
        number=found.number,
        kind=found.kind.value,
        window=found.window,
        received_ms=found.received_ms,
        contact_due=found.contact_due,
        reply_due=found.reply_due,
        named=found.named,
        name=said.name,
        phone=said.phone,
        words=said.words,
        wish=said.wish,
    )


def _place(hall: str, number: str) -> str:
    return f"grievance/{hall}/{number}"
