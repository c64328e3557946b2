"""Password verifiers by Argon2id; the library is imported only where somebody signs in."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MAX_PASSWORD = 256


def hash_password(password: str) -> str:
    """Return the verifier to store."""
    return _hasher().hash(password)


def matches(verifier: str | None, password: str) -> bool:
    """Say whether the password is right; an unknown clerk costs the same time as a known one."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - see the module's sentence

    try:
        return _hasher().verify(verifier or _nobody(), password) and verifier is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # noqa: PLC0415 - see the module's sentence

    # OWASP's first choice of parameters: 19 MiB, two passes, one lane.
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@cache
def _nobody() -> str:
    return hash_password("")
