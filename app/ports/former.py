"""What the sync client needs of a store that was made anew: the operations of its life before, to be settled first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.operation import Operation


@dataclass(frozen=True, slots=True)
class FormerRun:
    """The oldest operations of one earlier chain that follow one another and are not known to be held."""

    device: str
    incarnation: str
    operations: Sequence[Operation]


class FormerChains(Protocol):
    """Every method is one transaction."""

    def next_run(self, limit: int) -> FormerRun | None:
        """Return what to push next, as it was signed; None when every earlier chain is settled."""
        ...

    def held(self, incarnation: str, upto: int) -> None:
        """The server has this chain up to a number."""
        ...

    def continues_at(self, incarnation: str, expected: int) -> None:
        """The server has this chain up to before ``expected``; behind a hole the rest joins the present chain."""
        ...

    def adopt(self, incarnation: str) -> None:
        """The server takes nothing more of this chain: sign what is left anew, behind the present chain's end."""
        ...
