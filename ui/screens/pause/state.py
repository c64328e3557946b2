"""What the cover knows at one moment."""

from dataclasses import dataclass

from app.domain.pause import MINUTES, SUGGESTED_MINUTES, PauseReason


@dataclass(frozen=True, slots=True)
class PauseDraft:
    """A sign that is being made; ``text`` is None while the clerk has not written another."""

    reason: PauseReason | None = None
    minutes: int = MINUTES.index(SUGGESTED_MINUTES)
    text: str | None = None
    others: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The work is covered until the password is given; ``checking`` while it is compared, ``error`` a code."""

    checking: bool = False
    error: str = ""
