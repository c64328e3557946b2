"""How the counter stands with its server: what the sync chip says (design/design.md section 8.1)."""

from dataclasses import dataclass
from enum import StrEnum


class Link(StrEnum):
    """The states of the chip."""

    SYNCED = "synced"
    SYNCING = "syncing"
    OFFLINE = "offline"
    ATTENTION = "attention"


class Course(StrEnum):
    """How the link has held lately: whether the window may need numbers of its own (sync.md section 2, rule 3)."""

    STEADY = "steady"
    UNSETTLED = "unsettled"
    FLAPPING = "flapping"


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """``pending`` operations are not acknowledged, ``conflicts`` wait for a person, the link went at ``since_ms``.

    ``trouble`` is the code of what only a person can mend, empty while there is nothing; ``course`` how it has held.
    ``stalled_min``: minutes in which the server answered and took nothing in, 0 while it does.
    """

    link: Link = Link.OFFLINE
    pending: int = 0
    conflicts: int = 0
    since_ms: int | None = None
    trouble: str = ""
    course: Course = Course.UNSETTLED
    stalled_min: int = 0

    @property
    def offline(self) -> bool:
        """Whether the window works alone just now."""
        return self.link is Link.OFFLINE
