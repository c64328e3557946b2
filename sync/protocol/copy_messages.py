"""The messages of scanned copies; their bytes go as they are (sync/protocol/README.md, Scanned copies)."""

from typing import Final

from sync.protocol.messages import Message

PIECE_BYTES: Final = 256 << 10
"""Bytes of every piece but the last."""


class BlobHeld(Message, frozen=True):
    """How many of the ``size`` bytes the server holds; all of them: they are durable and what their name says."""

    size: int
    held: int


class CaseCopy(Message, frozen=True):
    """One copy of a case: ``kind`` jpg, png, pdf or tif; ``here`` whether its bytes can be asked for."""

    copy_id: str
    material_id: str
    kind: str
    size: int
    sha256: str
    window: str
    taken_ms: int
    here: bool


class CaseCopies(Message, frozen=True):
    """The copies of one case, oldest first."""

    copies: list[CaseCopy]
