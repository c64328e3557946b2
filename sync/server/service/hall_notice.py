"""Shows a notice on the hall's displays, or takes it away."""

from dataclasses import replace

from app.domain.floor import WHOLE_HALL, Note
from app.domain.rights import Act
from app.ports.clock import new_id
from sync.protocol.floor_messages import FloorDone, HallNotice
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import Outcome, Wish, laid_down, perform
from sync.server.service.refusals import refusal
from sync.server.storage import floor
from sync.server.storage.engine import Transaction


def set_notice(context: Context, caller: Caller, hall: str, request: HallNotice, key: str) -> FloorDone:
    """Replace the notice; an empty text takes it away.

    Raises:
        Refused: ``malformed`` for characters no display can show.
    """
    text = request.text.strip()
    if not text.isprintable():
        raise refusal("malformed")

    def work(connection: Transaction) -> Outcome:
        order = floor.order(connection, hall, WHOLE_HALL)
        notes = (Note(new_id(context.clock), context.clock.now_ms(), text),) if text else ()
        return Outcome((laid_down(connection, hall, replace(order, notes=notes)),))

    return perform(context, caller, Wish(Act.SET_HALL_NOTICE, hall, key, {"text": text}), work)


def notice_of(connection: Transaction, hall: str) -> str | None:
    """Return the text the displays show now."""
    notes = floor.orders(connection, hall).get(WHOLE_HALL)
    return notes.notes[-1].text if notes is not None and notes.notes else None
