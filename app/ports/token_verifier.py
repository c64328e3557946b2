"""What a site may plug in for short-lived codes on a citizen's phone (electronic identity, social security card)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class TokenReason(StrEnum):
    """Why a token was not vouched for; the value is the code of its sentence."""

    EXPIRED = "token_expired"
    REFUSED = "token_refused"
    UNANSWERED = "token_unanswered"


class TokenRefused(Exception):  # noqa: N818 - an answer, told to the clerk
    """The verifier does not vouch for the token; ``reason`` says why, and nothing of the token."""

    def __init__(self, reason: TokenReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True, repr=False)
class Vouched:
    """Whom the token stands for; no repr, no log holds it."""

    name: str
    number: str


class TokenVerifier(Protocol):
    """One kind of token; the token is shown to nobody else and kept nowhere."""

    def recognises(self, text: str) -> bool:
        """Say by its form alone whether a scanned text is such a token; asks nobody and does not block."""
        ...

    def verify(self, text: str) -> Vouched:
        """Ask who it stands for; may block for some seconds.

        Raises:
            TokenRefused: nobody, or nobody answers.
        """
        ...
