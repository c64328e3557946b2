"""Who gives a new computer its identity: the server it is told of, asked once with a one-time code."""

from dataclasses import dataclass, field
from typing import Protocol

from app.domain.rights import Role


@dataclass(frozen=True, slots=True)
class Identity:
    """Which device of which hall the computer is from now on; ``window`` is a counter's, ``token`` its secret."""

    hall: str
    device: str
    role: Role
    window: str | None
    token: str = field(repr=False)


class EnrolmentRefused(Exception):  # noqa: N818 - a "no", told to who typed the code
    """There is no identity; ``code`` is of the message table."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class EnrolmentDesk(Protocol):
    """The server, before this computer has a token."""

    def enrol(self, code: str, public_key: str) -> Identity:
        """Return the identity; asked again with the same code and key, the same one.

        ``public_key``: 64 hex characters.

        Raises:
            EnrolmentRefused: the server said no, does not answer, or is none of this product.
        """
        ...
