"""The reserved block of a window: numbers it may call while it is cut off (sync.md section 2, rule 3)."""

from typing import Annotated

import msgspec

from app.domain.reserved_block import MAX_BLOCK
from sync.protocol.messages import Message


class ReserveBlock(Message, frozen=True):
    """Fill the window's block up to ``count`` numbers."""

    count: Annotated[int, msgspec.Meta(ge=1, le=MAX_BLOCK)]


class BlockTicket(Message, frozen=True):
    """A number of the block; ``epoch`` is its reservation, which the window names when it calls it or gives it back."""

    id: str
    number: str
    business: str
    priority: str | None
    rev: int
    issued_ms: int
    epoch: int


class ReservedBlock(Message, frozen=True):
    """The whole block in the order it is called; ``granted`` are the numbers that are new in it.

    ``epoch`` is the newest reservation the window ever got.
    """

    window: str
    epoch: int
    tickets: list[BlockTicket]
    granted: list[str]
