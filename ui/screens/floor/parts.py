"""What the composition root hands to the manager's window."""

from collections.abc import Callable
from dataclasses import dataclass

from app.ports.clock import Clock
from sync.client.ledgers import LedgerQuestion
from sync.protocol.messages import Message


@dataclass(frozen=True, slots=True)
class FloorParts:
    """``submit`` sends an act, path and body, as soon as there is a way to the server; ``find`` looks for a ticket.

    ``ledgers`` sends a question about the ledgers on its way, whose answer the bridge tells; ``listen`` begins to tell
    the bridge of the hall: nothing is heard before there is somebody who can answer.
    ``only_ledgers`` is the supervisor's window: the ledgers, and nothing of the hall.
    """

    manager: str
    clock: Clock
    submit: Callable[[str, Message], None]
    find: Callable[[str], None]
    listen: Callable[[], None]
    ledgers: Callable[[LedgerQuestion], None]
    only_ledgers: bool = False
