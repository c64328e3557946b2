"""The cases of other windows, and older ones of this: asked of the hall's server while somebody types."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.far_case import FarCase, FarDetail


class FarTrouble(StrEnum):
    """Why there is no answer; a code of the message table."""

    UNREACHABLE = "far_unreachable"
    SIGNED_OUT = "far_signed_out"
    FORBIDDEN = "far_forbidden"
    GONE = "far_gone"


@dataclass(frozen=True, slots=True, repr=False)
class FarFound:
    """The answer to ``tokens``: the newest hits, and whether there are more, or why there is no answer."""

    tokens: tuple[str, ...]
    hits: tuple[FarCase, ...] = ()
    more: bool = False
    trouble: FarTrouble | None = None


@dataclass(frozen=True, slots=True, repr=False)
class FarSeen:
    """The answer to a look at one case."""

    case_id: str
    detail: FarDetail | None = None
    trouble: FarTrouble | None = None


class FarCases(Protocol):
    """Never waits: answers come back as ``FarFound`` and ``FarSeen``, two seconds later at most."""

    def ask(self, tokens: Sequence[str]) -> None:
        """Search for these tokens once the typing pauses; whatever was asked before is let go, with none at all."""
        ...

    def look(self, case_id: str) -> None:
        """Look at one case; the server keeps that somebody did."""
        ...
