"""How the counter stands with its server: what the sync chip says (design/design.md section 8.1)."""

from dataclasses import dataclass
from enum import StrEnum


class Link(StrEnum):
    """The states of the chip."""

    SYNCED = "synced"
    SYNCING = "syncing"
    OFFLINE = "offline"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """``pending`` operations are not acknowledged; ``conflicts`` wait for a person; ``since_ms`` is when the link went."""

    link: Link = Link.OFFLINE
    pending: int = 0
    conflicts: int = 0
    since_ms: int | None = None

    @property
    def offline(self) -> bool:
        """Whether the window works alone just now."""
        return self.link is Link.OFFLINE
