"""What the sign-in knows at one moment."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.clerk import Clerk
from app.domain.handover import Entry
from app.domain.rights import Act, Role, may
from app.ports.clock import Clock
from app.ports.store import Store
from ui.screens.counter.parts import CounterParts


@dataclass(frozen=True, slots=True)
class Gate:
    """A counter that is open but has no clerk yet.

    ``sign_in(number, password)`` returns the clerk or raises ``SignInRefused`` or ``ActRefused``; ``enter(clerk)``
    opens the day and returns what the window works with. Both are slow and run off the GUI thread.
    ``first`` is there when somebody was let in by a file (demo and tests).
    """

    window: str
    store: Store
    clock: Clock
    sign_in: Callable[[str, str], Clerk]
    enter: Callable[[Clerk], CounterParts]
    first: CounterParts | None = None


@dataclass(frozen=True, slots=True)
class Morning:
    """What a clerk should know before the first citizen: what was handed to them, and when, in UTC milliseconds."""

    number: str = ""
    name: str = ""
    posted: bool = True
    entries: tuple[Entry, ...] = ()
    handed_by: str = ""
    handed_ms: int = 0
    cases: tuple[Case, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class SignInState:
    """``catalogue`` and ``calendar`` are what this counter holds; ``error`` a code; ``checking`` while it is asked."""

    catalogue: Catalogue | None = None
    calendar: WorkCalendar | None = None
    number: str = ""
    morning: Morning = Morning()
    checking: bool = False
    error: str = ""

    @property
    def sets_devices(self) -> bool:
        """Say whether this number's window is that of the settings, which opens with no device working at all."""
        person = self.catalogue.staff.get(self.number) if self.catalogue is not None else None
        return person is not None and Role.CLERK not in person.roles and may(person.roles, Act.SET_DEVICES)
