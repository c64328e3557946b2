"""What scanned copies need of the store: rows beside the visit, the bytes in the same encrypted file, and their way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
        """Return the bytes of a copy; none once the server alone has them."""
        ...


class CopyWork(Protocol):
    """A part of ``app.ports.store.Work``."""

    def put_copy(self, copy: ScannedCopy, content: bytes) -> None:
        """Keep a copy for good: nothing changes it."""
        ...

    def drop_copy(self, copy_id: str) -> None:
        """Forget a copy that was taken off."""
        ...

    def release_copies(self, sent_before_ms: int) -> None:
        """Give back the room of copies that the server has since before an instant, UTC milliseconds; rows stay."""
        ...

    def drop_copies_of_no_case(self, before_ms: int) -> None:
        """Forget the copies of visits that ended without a case before an instant, UTC milliseconds."""
        ...


@dataclass(frozen=True, slots=True)
class WaitingCopy:
    """A copy of a case that the server does not have yet; ``size`` in bytes."""

    copy_id: str
    sha256: str
    size: int


class CopyLane(Protocol):
    """What the lane to the server needs; every method is one transaction, from any thread."""

    def is_free(self) -> bool:
        """Say whether the server has every operation: copies never go before them (sync.md section 1)."""
        ...

    def next_waiting(self) -> WaitingCopy | None:
        """Return the oldest copy that waits, of a visit that led to a case and is not being served."""
        ...

    def content(self, copy_id: str) -> bytes | None:
        """Return the bytes, or None where the copy was taken off meanwhile."""
        ...

    def sent(self, copy_id: str, at_ms: int) -> None:
        """Keep that the server has it."""
        ...

    def set_aside(self, copy_id: str, code: str) -> None:
        """Keep that the server will not take it; it stays here."""
        ...
