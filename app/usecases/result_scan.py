"""回传的扫描件: the file is read once and its hash recorded with the higher authority's result (domain rule I07)."""

from hashlib import sha256
from typing import Final

from app.domain.scanned_copy import CopyFault, kind_of
from app.ports.result_scan import ResultScans, ScanAbsent

NONE: Final = "无"
"""What is typed where the document came without a file."""


def hash_of(scans: ResultScans, typed: str) -> str:
    """Return the SHA-256 of the newest scan (nothing typed) or of the file typed; empty where there is none.

    Raises:
        ScanAbsent: no such file, or one that is no whole picture or PDF.
    """
    words = typed.strip()
    if words == NONE:
        return ""
    content = scans.named(words) if words else scans.newest()
    kind = kind_of(content)
    if isinstance(kind, CopyFault):
        raise ScanAbsent(kind.value)
    return sha256(content).hexdigest()
