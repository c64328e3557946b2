"""Who knows the clerks: the hall's server, asked when a clerk signs in at a counter."""

from typing import Protocol

from app.domain.clerk import Clerk
from app.ports.queue_authority import AuthorityUnreachable

__all__ = ["AuthorityUnreachable", "ClerkAuthority", "SignInRefused"]


class SignInRefused(Exception):  # noqa: N818 - a business "no"
    """The sign-in was refused; ``code`` is the refusal's code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ClerkAuthority(Protocol):
    """Bound to this counter."""

    def sign_in(self, clerk: str, password: str) -> Clerk:
        """Return the clerk as the centre knows them today.

        Raises:
            AuthorityUnreachable: no answer.
            SignInRefused: the server said no.
        """
        ...
