"""What must be known of a slip printer before anything is sent to it."""

from dataclasses import dataclass
from typing import Literal

Charset = Literal["gb2312", "gbk", "gb18030", "raster-only"]
Cut = Literal["partial", "full", "none"]
BarcodeForm = Literal["raster", "native"]
"""Bars as dots of our own, or by the printer's own command: fewer bytes, where its firmware has CODE128."""
Drawer = Literal["none", "pin2", "pin5"]
"""The pin of the printer's drawer socket that the cash drawer listens on; most drawers take pin 2."""

COLUMN_DOTS = 12
"""Width of one half-width column in Font A, 203 dpi."""
NARROW_DOTS = 384
"""The head of a printer for paper of 58 mm."""


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """One printer: its built-in character set, paper width in half-width columns and in dots, and its cutter.

    ``barcode`` is the form its barcodes are sent in, ``drawer`` where a cash drawer is plugged in.
    """

    charset: Charset = "gbk"
    columns: int = 48
    dots: int = 576
    cut: Cut = "partial"
    barcode: BarcodeForm = "raster"
    drawer: Drawer = "none"

    @property
    def paper_mm(self) -> int:
        """Width of the roll; the head is 4 mm narrower on either side, or 5 (devices.md 3.4)."""
        return 80 if self.dots > NARROW_DOTS else 58

    def __post_init__(self) -> None:
        if self.columns * COLUMN_DOTS > self.dots:
            raise ValueError("the columns do not fit the dots")
