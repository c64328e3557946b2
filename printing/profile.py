"""What must be known of a slip printer before anything is sent to it."""

from dataclasses import dataclass
from typing import Literal

Charset = Literal["gb2312", "gbk", "gb18030", "raster-only"]
Cut = Literal["partial", "full", "none"]

COLUMN_DOTS = 12
"""Width of one half-width column in Font A, 203 dpi."""


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """One printer: its built-in character set, paper width in half-width columns and in dots, and its cutter."""

    charset: Charset = "gbk"
    columns: int = 48
    dots: int = 576
    cut: Cut = "partial"

    def __post_init__(self) -> None:
        if self.columns * COLUMN_DOTS > self.dots:
            raise ValueError("the columns do not fit the dots")
