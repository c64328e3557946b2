"""What is known while nobody is let in yet."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.renewal import Report
from app.domain.rights import Role


@dataclass(frozen=True, slots=True)
class EnrolDoor:
    """A computer without an identity; ``server`` is an address, ``key_store`` where its secrets will be.

    ``enrol(code)`` is slow; it raises ``EnrolmentRefused`` or ``StoreFault``.
    """

    server: str
    key_store: str
    enrol: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ManagerDoor:
    """A floor manager's desk, or a guide's. ``sign_in(number, password)`` is slow; it raises ``SignInRefused``."""

    hall: str
    sign_in: Callable[[str, str], None]
    role: Role = Role.FLOOR_MANAGER


@dataclass(frozen=True, slots=True)
class RebuildDoor:
    """The counter's store is damaged. ``rebuild()`` is slow; it raises ``StoreFault``."""

    rebuild: Callable[[], None]


@dataclass(frozen=True, slots=True)
class ToldDoor:
    """The store was made anew, and nobody has read yet what that means. ``confirm()`` raises ``StoreFault``."""

    window: str
    report: Report
    confirm: Callable[[], None]


Door = EnrolDoor | ManagerDoor | RebuildDoor | ToldDoor


@dataclass(frozen=True, slots=True, repr=False)
class DoorState:
    """``typed`` is the code so far, ``error`` a code of the message table, ``again`` goes on once the door is open."""

    door: Door
    again: Callable[[], None] = field(compare=False)
    typed: str = ""
    checking: bool = False
    error: str = ""
