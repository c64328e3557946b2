"""What the composition root hands to the manager's window."""

from collections.abc import Callable
from dataclasses import dataclass

from app.ports.clock import Clock
from sync.protocol.messages import Message


@dataclass(frozen=True, slots=True)
class FloorParts:
    """``submit`` sends an act, path and body, as soon as there is a way to the server; ``find`` looks for a ticket.

    ``listen`` begins to tell the bridge of the hall: nothing is heard before there is somebody who can answer.
    """

    manager: str
    clock: Clock
    submit: Callable[[str, Message], None]
    find: Callable[[str], None]
    listen: Callable[[], None]
