"""Who stands behind the counters: centre, departments, windows, businesses and staff."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.rights import Role

ALL_ITEMS = "*"
"""In a list of item ids: every item of the catalogue."""

PICKUP_KIND = "统一出件窗口"
"""The kind of window that hands out what every department decided."""


class Authority(StrEnum):
    """What a window may do itself; each value includes the ones before it."""

    INTAKE = "intake"
    ACCEPT = "accept"
    COMPLETE = "complete"

    def within(self, other: "Authority") -> "Authority":
        """Return the narrower of two authorities."""
        order = list(Authority)
        return min(self, other, key=order.index)


@dataclass(frozen=True, slots=True)
class Center:
    """The service centre whose catalogue this is; ``hours`` are pairs of HH:MM."""

    code: str
    name: str
    old_name: str
    division: str
    address: str
    hall_tel: str
    efficacy_tel: str
    hours: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Department:
    """An organ with powers of its own; ``uscc`` is its unified social credit code (GB 32100)."""

    id: str
    name: str
    uscc: str
    tel: str
    complaint_tel: str


@dataclass(frozen=True, slots=True)
class Window:
    """A counter of the hall; ``items`` are item ids or ``ALL_ITEMS``."""

    number: str
    zone: str
    kind: str
    theme: str
    items: tuple[str, ...]
    authority: Authority = Authority.COMPLETE


@dataclass(frozen=True, slots=True)
class Business:
    """What a citizen takes a number for; ``code`` is the ticket's letter, never I, O or Q."""

    code: str
    name: str
    items: tuple[str, ...]
    windows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Priority:
    """A reason to be served earlier; shown as a word, never proved (domain rule L12)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of the centre: where they sit and which items they are qualified for."""

    number: str
    name: str
    department: str
    roles: tuple[Role, ...]
    windows: tuple[str, ...]
    items: tuple[str, ...]
