"""What scanned copies need of the store: rows beside the visit, and the bytes in the same encrypted file."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.domain.scanned_copy import ScannedCopy


class CopyReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def copies_of(self, visit_id: str) -> Sequence[ScannedCopy]:
        """Return the copies of a visit, oldest first; their bytes are not read."""
        ...

    def copy_counts(self, visit_id: str) -> Mapping[str, int]:
        """Return how many copies each material of a visit has; materials without one are not named."""
        ...

    def copy_content(self, copy_id: str) -> bytes:
        """Return the bytes of a copy."""
        ...


class CopyWork(Protocol):
    """A part of ``app.ports.store.Work``."""

    def put_copy(self, copy: ScannedCopy, content: bytes) -> None:
        """Keep a copy for good: nothing changes it."""
        ...

    def drop_copies_of_no_case(self, before_ms: int) -> None:
        """Forget the copies of visits that ended without a case before an instant, UTC milliseconds."""
        ...
