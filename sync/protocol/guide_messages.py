"""What the guide desk's view is sent: lines, missed numbers, numbers given out; numbers and windows, never citizens."""

from sync.protocol.floor_messages import FloorPriority, FloorQueue
from sync.protocol.messages import Message


class GuideMissed(Message, frozen=True):
    """A number that was called in vain and may still come back; ``until_ms`` is when it no longer may."""

    number: str
    business: str
    window: str | None
    priority: str | None
    missed_ms: int
    until_ms: int


class GuideGiven(Message, frozen=True):
    """A number of today; ``state`` as ``app.domain.ticket.TicketState``, ``by`` who gave it out, null for a kiosk."""

    number: str
    business: str
    state: str
    priority: str | None
    issued_ms: int
    window: str | None
    by: str | None


class GuideState(Message, frozen=True):
    """Everything the guide desk's view shows at one moment, at feed position ``head``; the newest come first.

    The ``windows`` of a queue are those that are open and call it.
    """

    hall: str
    head: int
    server_time: int
    centre: str
    closes: str
    queues: list[FloorQueue]
    priorities: list[FloorPriority]
    missed: list[GuideMissed]
    given: list[GuideGiven]
