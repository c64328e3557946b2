"""What stays set in a thermal printer until it is initialised: Chinese mode, sizes, alignment, spacing."""

from dataclasses import dataclass

from printing.simulator.parser import Kind

DEFAULT_SPACING = 30
"""Dots from one text line to the next."""

_CENTRE, _RIGHT = (1, ord("1")), (2, ord("2"))


@dataclass(slots=True)
class Style:
    """Scales are (wide, high); Chinese characters have their own."""

    chinese: bool = False
    ascii_scale: tuple[int, int] = (1, 1)
    chinese_scale: tuple[int, int] = (1, 1)
    align: int = 0
    spacing: int = DEFAULT_SPACING
    bar_height: int = 162
    bar_width: int = 3

    def left_of(self, free: int) -> int:
        """Return where a line begins that leaves so many dots free."""
        if self.align in _CENTRE:
            return free // 2
        return free if self.align in _RIGHT else 0

    def apply(self, kind: Kind, value: int) -> None:
        """Take a setting command; others are none of its business."""
        match kind:
            case Kind.CHINESE_ON | Kind.CHINESE_OFF:
                self.chinese = kind is Kind.CHINESE_ON
            case Kind.PRINT_MODE:
                self.ascii_scale = (1 + (value >> 5 & 1), 1 + (value >> 4 & 1))
            case Kind.CHINESE_MODE:
                self.chinese_scale = (1 + (value >> 2 & 1), 1 + (value >> 3 & 1))
            case Kind.SIZE:
                self.ascii_scale = self.chinese_scale = (1 + (value >> 4 & 7), 1 + (value & 7))
            case Kind.ALIGN:
                self.align = value
            case Kind.LINE_SPACING | Kind.DEFAULT_SPACING:
                self.spacing = value if kind is Kind.LINE_SPACING else DEFAULT_SPACING
            case Kind.BARCODE_HEIGHT:
                self.bar_height = max(1, value)
            case Kind.BARCODE_WIDTH:
                self.bar_width = max(1, min(value, 6))
            case _:
                pass
