"""What asks for the rating slip."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintRatingSlip:
    """Ctrl+R: the code to rate by, on a slip of its own."""
