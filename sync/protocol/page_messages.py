"""The messages of the pages: enrolling a browser as a device of the hall, and what the board shows."""

from sync.protocol.messages import Message


class EnrolPage(Message, frozen=True):
    """An administrator lets a browser become a kiosk or a board; ``role`` is kiosk or board."""

    device: str
    role: str


class PageEnrolled(Message, frozen=True):
    """``path`` is the one-time link below the server's address, good until ``expires_ms``."""

    device: str
    path: str
    expires_ms: int


class BoardCall(Message, frozen=True):
    """One call, called out so many ``times``; ``missed`` once the number is 过号. Unique: ``id, called_ms, times``."""

    id: str
    number: str
    window: str
    business: str
    called_ms: int
    times: int
    missed: bool


class BoardBusiness(Message, frozen=True):
    """One queue; ``places`` says the windows in short, ``eta_minutes`` is null while too little is known."""

    code: str
    name: str
    windows: list[str]
    places: str
    waiting: int
    eta_minutes: int | None


class BoardPause(Message, frozen=True):
    """A window that pauses, until when it said, and the windows that serve the same meanwhile (empty: none does)."""

    window: str
    until_ms: int
    business: str
    places: str


class BoardState(Message, frozen=True):
    """The whole board at feed position ``head``; calls newest first, ``notice`` the floor manager's."""

    hall: str
    head: int
    server_time: int
    calls: list[BoardCall]
    businesses: list[BoardBusiness]
    missed: list[str]
    pauses: list[BoardPause]
    notice: str | None
