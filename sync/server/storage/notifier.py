"""Tells the processes that serve one database that a hall's feed moved: a hint, for whoever misses it looks anyway."""

from collections.abc import Callable
from typing import Protocol


class Notifier(Protocol):
    """Carries halls from who changed them to who streams their heads; what is lost is found by looking at the feed."""

    def start(self, heard: Callable[[str], None]) -> None:
        """Call ``heard`` with a hall whenever one moved; from any thread."""
        ...

    def tell(self, hall: str) -> None:
        """Say that the hall's feed moved, after the commit; never waits and never fails."""
        ...

    def close(self) -> None:
        """Tell and hear no more."""
        ...


class LocalNotifier:
    """For one process on one database."""

    def __init__(self) -> None:
        self._heard: Callable[[str], None] | None = None

    def start(self, heard: Callable[[str], None]) -> None:
        """See ``Notifier``."""
        self._heard = heard

    def tell(self, hall: str) -> None:
        """See ``Notifier``."""
        if self._heard is not None:
            self._heard(hall)

    def close(self) -> None:
        """See ``Notifier``."""
        self._heard = None
