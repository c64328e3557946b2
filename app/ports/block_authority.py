"""The hall's authority as far as it reserves numbers for a window (sync.md section 2, rule 3)."""

from typing import Protocol


class BlockAuthority(Protocol):
    """Its errors are those of ``app.ports.queue_authority``."""

    def reserve_block(self, window: str, count: int, key: str) -> int:
        """Fill the window's block up to so many numbers; returns the newest reservation of the window, 0 for none.

        Which numbers they are the feed tells. ``key`` is the idempotency key.

        Raises:
            AuthorityUnreachable: no answer; asking again fills up what is missing, and takes no more.
            AuthorityRefused: a "no", such as ``window_closed``.
        """
        ...
