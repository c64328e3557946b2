"""What signing in without the server needs: a verifier that can be kept, and no password."""

from typing import Protocol


class Passwords(Protocol):
    """A slow one-way function (Argon2id, sync.md section 5)."""

    def verifier(self, password: str) -> str:
        """Return the text to keep in place of the password."""
        ...

    def matches(self, verifier: str, password: str) -> bool:
        """Say whether the password made this verifier."""
        ...
