"""The clerk at the counter: who acts, with which rights and qualifications, and until when offline."""

from dataclasses import dataclass

from app.domain.operation import Actor
from app.domain.rights import Role


@dataclass(frozen=True, slots=True)
class Clerk:
    """A signed-in clerk as the centre's server described them.

    ``number`` is the clerk's number (0303); ``items`` are item ids or ``*``; ``offline_until_ms`` UTC milliseconds,
    the last moment at which this description may be used without the server.
    """

    number: str
    name: str
    department: str
    roles: frozenset[Role]
    windows: tuple[str, ...]
    items: tuple[str, ...]
    offline_until_ms: int

    def at(self, window: str) -> Actor:
        """Return this clerk as the actor of an operation, acting for themselves in their own post."""
        return Actor(clerk=self.number, acting_for=None, post="clerk", department=self.department, window=window)
