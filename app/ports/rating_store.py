"""What the evaluator needs of the counter's store."""

from typing import Protocol


class RatingReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def is_rated(self, mark: str) -> bool:
        """Say whether a rating was given at this counter lately; ``mark`` is ``app.domain.rating.rating_mark``."""
        ...
