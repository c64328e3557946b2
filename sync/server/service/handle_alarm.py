"""Records that somebody saw to an alarm, so that it leaves the list of what is to be done."""

from app.domain.rights import Act
from sync.protocol.floor_messages import FloorDone, HandleAlarm
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.floor_order import Outcome, Wish, perform, stirred
from sync.server.service.refusals import refusal


def handle_alarm(context: Context, caller: Caller, hall: str, request: HandleAlarm, key: str) -> FloorDone:
    """Keep key and words; while its cause stands it comes again after the configured minutes.

    Raises:
        Refused: ``malformed`` for a key or words nobody can read.
    """
    if not request.key.isprintable() or not request.words.isprintable():
        raise refusal("malformed")
    wish = Wish(Act.HANDLE_ALARM, hall, key, {"key": request.key, "words": request.words})
    return perform(context, caller, wish, lambda connection: Outcome((stirred(connection, hall),)))
