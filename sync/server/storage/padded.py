"""Lists in statements come in few lengths, so that the database knows the statement already."""

from collections.abc import Collection
from typing import TypeVar

T = TypeVar("T")


def padded(values: Collection[T]) -> list[T]:
    """Return the values with the last one repeated up to the next power of two: 1, 2, 4, 8, …; none stay none."""
    found = list(values)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found)) if found else found
