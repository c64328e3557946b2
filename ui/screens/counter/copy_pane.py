"""What the window knows while a scanned copy is looked at: which one, its picture, and the question above it."""

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtGui import QImage

from app.domain.scanned_copy import ScannedCopy

KIND: Final = "copies"
"""The ``Ask`` above a copy."""


@dataclass(frozen=True, slots=True)
class CopyPane:
    """``copies`` of one material of this visit, newest first, and which is shown, from 0.

    ``fault`` is the code of why there is no picture; ``sure`` asks whether the copy is really to be taken off.
    ``fixed`` says that the paper is issued: then nothing is taken off any more.
    """

    material: str
    copies: tuple[ScannedCopy, ...]
    at: int = 0
    picture: QImage | None = field(default=None, compare=False)
    fault: str = ""
    sure: bool = False
    fixed: bool = False

    @property
    def shown(self) -> ScannedCopy:
        """Return the copy that is looked at."""
        return self.copies[self.at]
