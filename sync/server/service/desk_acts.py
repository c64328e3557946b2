"""The book of the guide desk: a person who gave a number out, brought one back or put one first stands in it."""

from collections.abc import Mapping
from typing import Any

from app.domain.rights import Act
from app.ports.clock import new_id
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.storage import floor
from sync.server.storage.engine import Transaction
from sync.server.storage.floor import FloorAct

DESK_ACTS = frozenset({Act.ISSUE_TICKET.value, Act.REVIVE_TICKET.value, Act.GIVE_PRIORITY.value})
"""Daily work, which the floor manager's list of what was seen to leaves out."""


def book(context: Context, connection: Transaction, caller: Caller, act: Act, detail: Mapping[str, Any]) -> None:
    """Keep who did it, in the transaction of the act; a device without a person is none of the book's."""
    if caller.clerk is not None:
        done = FloorAct(new_id(context.clock), context.clock.now_ms(), caller.clerk, act.value, detail)
        floor.add_act(connection, caller.hall, done)
