"""The messages by which a computer of the hall gets its identity: the code is issued, then it is used once."""

from sync.protocol.messages import Message


class IssueCode(Message, frozen=True):
    """A computer is to become a device of the hall; ``role`` is counter, floor_manager or guide.

    A counter is named by its ``window``, a desk by ``device`` (``manager`` or ``guide`` if there is but one of it).
    """

    role: str = "counter"
    window: str | None = None
    device: str | None = None


class CodeIssued(Message, frozen=True):
    """``code`` is told once and good until ``expires_ms``; ``replaces`` says that another computer is out then."""

    code: str
    device: str
    role: str
    window: str | None
    expires_ms: int
    replaces: bool


class TakeCode(Message, frozen=True):
    """A computer shows the code, the public half of its own key (64 hex characters), and what its clock says."""

    code: str
    public_key: str
    now_ms: int


class DeviceEnrolled(Message, frozen=True):
    """Who the computer is from now on; ``token`` is its bearer token, of which the server keeps the hash alone."""

    hall: str
    centre: str
    device: str
    role: str
    window: str | None
    token: str
    server_time: int
