"""A window calls the floor manager; the call lasts until somebody answers it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.operation import Operation
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.mirror import help_change
from sync.server.storage import help_calls
from sync.server.storage.clerks import Profile
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change
from sync.server.storage.help_calls import HelpCall


@dataclass(frozen=True, slots=True)
class _Asked:
    window: str
    asked_ms: int


def help_asked(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep the call."""
    asked = payload_of(operation, _Asked)
    if asked.window != desk.window:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if help_calls.get(desk.connection, desk.hall, operation.entity_id) is not None:
        raise Parked(Reason.DUPLICATE_NUMBER)
    call = HelpCall(operation.entity_id, desk.hall, desk.window, actor.clerk, asked.asked_ms)
    help_calls.add(desk.connection, call)
    return [help_change(call)]


def list_help(connection: Transaction, hall: str) -> Sequence[HelpCall]:
    """Return the calls of a hall that nobody answered yet, the oldest first."""
    return help_calls.open_calls(connection, hall)
