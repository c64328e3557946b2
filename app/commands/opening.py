"""Opens what a computer is, off the GUI thread: its door while nobody knows it, else the counter behind the window."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.floor_settings import FloorSettings
from app.commands.place import NotEnrolled, Place, place_of
from app.commands.settings import CounterSettings
from app.ports.clock import Clock

if TYPE_CHECKING:
    from app.commands.counter_opening import CounterOpening
    from app.commands.manager_session import ManagerSession
    from ui.screens.counter.bridge import Bridge
    from ui.screens.door.state import Door, ManagerDoor
    from ui.screens.sign_in.state import Gate

DAMAGED = "store_damaged"


@dataclass(frozen=True, slots=True)
class Machine:
    """The data directory, the server the command line names (it overrules the settings), and the clock."""

    data: Path
    server: str | None
    clock: Clock


class Opening:
    """Loads what the window does not need for its first paint behind it; an enrolment changes what is opened."""

    def __init__(self, machine: Machine, place: Place) -> None:
        self._machine = machine
        self._place = place
        self._opening: CounterOpening | None = None
        self._manager: ManagerSession | None = None

    @property
    def server(self) -> str:
        """The server's address."""
        return self._machine.server or self._place.server

    def open(self, bridge: "Bridge") -> "Gate | Door":
        """Open the counter, or go on where the last try ended; raises what ``CounterOpening.open`` raises."""
        place = self._place
        if isinstance(place, (CounterSettings, FloorSettings)) and self._token_is_gone(place):
            place = NotEnrolled(self.server, place.key_store)
        match place:
            case NotEnrolled():
                from ui.screens.door.state import EnrolDoor  # noqa: PLC0415 - only a new computer needs it

                return EnrolDoor(place.server, place.key_store, partial(self._enrol, place))
            case FloorSettings():
                return self._manager_door(place, bridge)
            case CounterSettings():
                return self._open_counter(place, bridge)

    @property
    def place(self) -> Place:
        """What this computer is, by now."""
        return self._place

    @property
    def manager(self) -> "ManagerSession | None":
        """The floor manager or guide who signed in here, whose window is another."""
        return self._manager or (self._opening.manager if self._opening is not None else None)

    def close(self) -> None:
        """End what was opened."""
        if self._opening is not None:
            self._opening.close()

    def _open_counter(self, settings: CounterSettings, bridge: "Bridge") -> "Gate | Door":
        from app.commands import store_doors  # noqa: PLC0415 - SQL is slow to import
        from ui.application import NotOpen  # noqa: PLC0415 - Qt is slow to import

        machine = self._machine
        if not store_doors.is_marked(machine.data):
            try:
                counter = self._counter(settings)
                gate, told = counter.open(bridge), counter.report()
            except NotOpen as reason:
                if reason.code != DAMAGED:
                    raise
            else:
                return gate if told is None else store_doors.told_door(told[0], machine.clock, gate.window, told[1])
        return store_doors.rebuild_door(machine.data, settings.key_store, machine.clock, self._let_go)

    def _let_go(self) -> None:
        """Close what holds a damaged store; the next opening begins anew."""
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.close()

    def _counter(self, settings: CounterSettings) -> "CounterOpening":
        from app.commands.counter_opening import CounterOpening  # noqa: PLC0415 - SQL and HTTP are slow to import

        machine = self._machine
        self._opening = self._opening or CounterOpening(machine.data, settings, self.server, machine.clock)
        return self._opening

    def _enrol(self, place: NotEnrolled, code: str) -> None:
        from app.commands.enrolling import enrol  # noqa: PLC0415 - as above

        enrol(self._machine.data, place, self._machine.clock, code)
        self._place = place_of(self._machine.data, None)

    def _token_is_gone(self, place: CounterSettings | FloorSettings) -> bool:
        """Say whether a computer that enrolled has lost its token: then it enrols again."""
        if place.token_file is not None or self._opening is not None:
            return False
        from app.ports.store_fault import StoreFault  # noqa: PLC0415 - as above
        from app.storage.device_token import token_place  # noqa: PLC0415 - as above

        try:
            return token_place(place.key_store, self._machine.data).read() is None
        except (StoreFault, OSError):
            return False  # the opening itself says what is the matter

    def _manager_door(self, settings: FloorSettings, bridge: "Bridge") -> "ManagerDoor":
        from app.commands.manager_sign_in import sign_in_manager  # noqa: PLC0415 - as above
        from app.commands.own_token import TokenMissing, read_token  # noqa: PLC0415 - as above
        from ui.application import NotOpen  # noqa: PLC0415 - Qt is slow to import
        from ui.screens.door.state import ManagerDoor  # noqa: PLC0415 - as above

        try:
            token = read_token(settings.token_file, settings.key_store, self._machine.data)
        except TokenMissing as missing:
            raise NotOpen("token_unreadable", place=missing.place, final=True) from missing

        def sign_in(number: str, password: str) -> None:
            given = (number, password)
            machine = self._machine
            self._manager = sign_in_manager(self.server, token, settings.hall, machine.clock, given, role=settings.role)
            bridge.left.emit()

        return ManagerDoor(settings.hall, sign_in, settings.role)
