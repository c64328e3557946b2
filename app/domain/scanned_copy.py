"""A scanned copy of a material (扫描件): what a file from the document camera may be, and what is known of one kept."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_BYTES: Final = 20 << 20
"""A page at 600 dpi in colour has a third of it."""
MOST_OF_A_MATERIAL: Final = 50
KEPT_MS: Final = 30 * 24 * 3_600_000
"""How long the counter keeps the bytes of a copy that the server has (sync.md section 5)."""
TAIL: Final = 1024
"""Where the end mark of a file stands at the latest, in bytes from its end."""


class CopyKind(StrEnum):
    """What a copy is, by its first bytes, whatever its name says."""

    JPEG = "jpg"
    PNG = "png"
    PDF = "pdf"
    TIFF = "tif"


class CopyFault(StrEnum):
    """Why a file is not taken; the value is the code of its sentence."""

    TOO_LARGE = "copy_too_large"
    OTHER_KIND = "copy_other_kind"
    UNFINISHED = "copy_unfinished"
    UNREADABLE = "copy_unreadable"


_MAGIC: Final = (
    (b"\xff\xd8\xff", CopyKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", CopyKind.PNG),
    (b"%PDF-", CopyKind.PDF),
    (b"II*\x00", CopyKind.TIFF),
    (b"MM\x00*", CopyKind.TIFF),
)
_ENDS: Final = {CopyKind.JPEG: b"\xff\xd9", CopyKind.PNG: b"IEND", CopyKind.PDF: b"%%EOF"}


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """The material of a visit that a file is a copy of."""

    visit_id: str
    material_id: str


@dataclass(frozen=True, slots=True)
class ScannedCopy:
    """One file kept with a material of a visit; its bytes lie beside. ``size`` in bytes, ``taken_ms`` UTC."""

    copy_id: str
    visit_id: str
    material_id: str
    kind: CopyKind
    size: int
    sha256: str
    taken_ms: int
    taken_by: str


def kind_of(content: bytes) -> CopyKind | CopyFault:
    """Say what a whole file is.

    ``UNFINISHED`` where its end mark is missing: whoever writes it may go on; a TIFF has none.
    """
    if len(content) > MAX_BYTES:
        return CopyFault.TOO_LARGE
    kind = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    if kind is None:
        return CopyFault.UNFINISHED if not content else CopyFault.OTHER_KIND
    end = _ENDS.get(kind)
    return kind if end is None or end in content[-TAIL:] else CopyFault.UNFINISHED
