"""QR codes as a raster of our own: it prints the same on every printer, a native QR command does not."""

from dataclasses import dataclass
from functools import lru_cache

QUIET_MODULES = 4
SINGLE_MODULE = 3
PAIR_MODULE = 2
ENLARGED = 2
"""The printer doubles the raster in both directions (``GS v 0`` mode 3): a quarter of the bytes."""


@dataclass(frozen=True, slots=True)
class CodeRaster:
    """Rows of raster dots (True = black), each printed as ``ENLARGED`` × ``ENLARGED`` dots; no quiet zone around."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def width(self) -> int:
        """Raster dots in a row."""
        return len(self.rows[0])


@lru_cache(maxsize=64)
def code_raster(payloads: tuple[str, ...]) -> CodeRaster:
    """Return one code with modules of 6 printed dots, or two side by side with modules of 4 (0.5 mm).

    Kept, because printer and preview want the same codes at the same moment, and choosing a mask takes 15 ms each.
    """
    import segno  # noqa: PLC0415 - only slips with a code pay for it

    module = SINGLE_MODULE if len(payloads) == 1 else PAIR_MODULE
    # The smallest size that holds each, the same for both, with the strongest correction this size allows.
    size = max(int(segno.make_qr(payload, error="l", mask=0).version) for payload in payloads)
    symbols = [segno.make_qr(payload, error="l", version=size).matrix for payload in payloads]
    rows: list[tuple[bool, ...]] = []
    for parts in zip(*symbols, strict=True):
        bits = list(parts[0])
        for part in parts[1:]:
            bits += [0] * (QUIET_MODULES * 2) + list(part)
        rows += [tuple(bool(bit) for bit in bits for _ in range(module))] * module
    return CodeRaster(tuple(rows))
