"""Answers a window that asked for help: somebody comes."""

from app.domain.rights import Act
from sync.protocol.floor_messages import FloorDone
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import Outcome, Wish, perform
from sync.server.service.mirror import help_change
from sync.server.service.refusals import refusal
from sync.server.storage import help_calls
from sync.server.storage.engine import Transaction


def answer_help(context: Context, caller: Caller, hall: str, call_id: str, key: str) -> FloorDone:
    """Record who answers the call; the window's counter hears of it.

    Raises:
        Refused: ``not_found`` where there is no such call, or somebody answered it before.
    """
    wish = Wish(Act.ANSWER_HELP, hall, key, {"call": call_id})

    def work(connection: Transaction) -> Outcome:
        by = caller.clerk or caller.identity
        answered = help_calls.answer(connection, hall, call_id, by, context.clock.now_ms())
        if answered is None:
            raise refusal("not_found")
        return Outcome((help_change(answered),))

    return perform(context, caller, wish, work)
