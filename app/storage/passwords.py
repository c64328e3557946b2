"""Argon2id verifiers, so that a clerk may sign in while the server is away and no password is kept."""


class Argon2Passwords:
    """Implements ``app.ports.passwords.Passwords`` with the parameters of RFC 9106 for low memory."""

    def verifier(self, password: str) -> str:
        """See ``Passwords``."""
        # Loaded at the first sign-in only: a start needs no password.
        from argon2 import PasswordHasher  # noqa: PLC0415

        return PasswordHasher().hash(password)

    def matches(self, verifier: str, password: str) -> bool:
        """See ``Passwords``."""
        from argon2 import PasswordHasher  # noqa: PLC0415 - as above
        from argon2.exceptions import Argon2Error, InvalidHashError  # noqa: PLC0415 - as above

        try:
            return PasswordHasher().verify(verifier, password)
        except (Argon2Error, InvalidHashError):
            return False
