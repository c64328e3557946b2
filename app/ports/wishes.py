"""What the floor manager asked for and the server has not heard yet: kept through a restart (flows.md section 20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KeptWish:
    """One act of the manager ``by``, asked for at ``at_ms`` (UTC milliseconds); no citizen is named in it.

    ``path`` is below the floor's address, ``body`` the JSON to send, ``key`` what makes sending it again harmless.
    """

    key: str
    by: str
    at_ms: int
    path: str
    body: str


class WishFault(Exception):  # noqa: N818 - a state of the disk, told to the manager
    """The disk did not take it; what was kept before is as it was."""


class WishStore(Protocol):
    """A small durable list; for one thread."""

    def kept(self) -> Sequence[KeptWish]:
        """Return what is kept, oldest first.

        Raises:
            WishFault: it cannot be read.
        """
        ...

    def add(self, wish: KeptWish) -> None:
        """Keep one more; durable when this returns.

        Raises:
            WishFault: it is not kept.
        """
        ...

    def drop(self, key: str) -> None:
        """Forget one that was answered.

        Raises:
            WishFault: it is kept on; sending it again under its key does no harm.
        """
        ...
