"""A paper read back from the bytes that went to the printer, by a reader that knows ESC/POS and nothing of the product.

Text is GBK, as the printer of the demo has it in its ROM; what came as dots is kept as a picture, and its QR codes are
read by zxing-cpp as a citizen's telephone reads them.
"""

from dataclasses import dataclass, field

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
MONO_SC = 7
DOTS = 24
QUIET = 32
"""White dots around a picture: a code at the edge of its strip is no code."""
BASELINE = 21

ARGUMENTS = {
    b"\x1b@": 0, b"\x1b3": 1, b"\x1b!": 1, b"\x1ba": 1, b"\x1bd": 1, b"\x1bJ": 1, b"\x1c&": 0, b"\x1c!": 1, b"\x1dV": 1,
}  # fmt: skip
RASTER, CUT = b"\x1dv0", b"\x1dV"


@dataclass(frozen=True)
class Reading:
    """``lines`` as printed; a line of dots is ``[n]``, the number of its picture in ``strips``."""

    lines: tuple[str, ...]
    codes: tuple[str, ...]
    strips: tuple[Image.Image, ...]

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """Everything in one piece, without blanks: lines end where the paper does, not where a word does."""
        return "".join("".join(self.lines).split())

    def says(self, text: str) -> bool:
        """Whether the words stand on the paper, over the ends of lines."""
        return "".join(text.split()) in self.words

    def drawn(self, text: str) -> float:
        """How well the best strip of dots shows this text, 0 to 1: dots common to both against dots of either."""
        return max((_likeness(strip, _written(text)) for strip in self.strips), default=0.0)


@dataclass
class _Reader:
    data: bytes
    at: int = 0
    lines: list[str] = field(default_factory=list)
    strips: list[Image.Image] = field(default_factory=list)
    line: bytearray = field(default_factory=bytearray)
    cut: bool = False

    def run(self) -> None:
        while self.at < len(self.data):
            assert not self.cut, "something follows the cut"
            byte = self.data[self.at]
            if byte in b"\x1b\x1c\x1d":
                self._command()
            elif byte == ord("\n"):
                self.lines.append(self.line.decode("gbk"))
                self.line.clear()
                self.at += 1
            else:
                assert byte >= 0x20, f"a stray control byte {byte:02x} at {self.at}"
                self.line.append(byte)
                self.at += 1
        assert self.cut, "the paper was not cut"
        assert not self.line, "the last line was not ended"

    def _command(self) -> None:
        if self.data[self.at : self.at + 3] == RASTER:
            self._raster()
            return
        name = self.data[self.at : self.at + 2]
        assert name in ARGUMENTS, f"an unknown command {name.hex()} at {self.at}"
        self.cut = name == CUT
        self.at += 2 + ARGUMENTS[name]

    def _raster(self) -> None:
        mode, x_low, x_high, y_low, y_high = self.data[self.at + 3 : self.at + 8]
        across, rows = x_low + 256 * x_high, y_low + 256 * y_high
        dots = self.data[self.at + 8 : self.at + 8 + across * rows]
        picture = Image.frombytes("1", (across * 8, rows), dots, "raw", "1;I")
        scale = (1 + (mode & 1), 1 + (mode >> 1 & 1))
        size = (picture.width * scale[0], picture.height * scale[1])
        self.lines.append(f"[{len(self.strips)}]")
        self.strips.append(picture.resize(size, Image.Resampling.NEAREST))
        self.at += 8 + across * rows


def read(data: bytes) -> Reading:
    """Read one paper; anything a printer would stumble over is an error."""
    reader = _Reader(data)
    reader.run()
    codes = [code.text for strip in reader.strips for code in zxingcpp.read_barcodes(_framed(strip))]
    return Reading(tuple(reader.lines), tuple(codes), tuple(reader.strips))


def _framed(strip: Image.Image) -> Image.Image:
    sheet = Image.new("L", (strip.width + 2 * QUIET, strip.height + 2 * QUIET), 255)
    sheet.paste(strip, (QUIET, QUIET))
    return sheet


def _written(text: str) -> Image.Image:
    """Write the text as the font has it, one cell of 24 dots a character: what the dots should look like."""
    font = ImageFont.truetype(FONT, DOTS, index=MONO_SC)
    sheet = Image.new("L", (DOTS * len(text), DOTS), 0)
    for place, character in enumerate(text):
        ImageDraw.Draw(sheet).text((DOTS * place, BASELINE), character, fill=255, font=font, anchor="ls")
    return sheet.point([255 if grey >= 128 else 0 for grey in range(256)], "1")


def _likeness(strip: Image.Image, wanted: Image.Image) -> float:
    """Compare where the text would stand: at the beginning of the strip or anywhere to its right."""
    ink = ImageChops.invert(strip)
    best = 0.0
    for right in range(0, max(1, ink.width - wanted.width + 3), 1):
        for down in (-1, 0, 1):
            sheet = Image.new("1", wanted.size, 0)
            sheet.paste(ink, (-right, down))
            common = _dots(ImageChops.logical_and(sheet, wanted))
            either = _dots(ImageChops.logical_or(sheet, wanted))
            best = max(best, common / either if either else 0.0)
    return best


def _dots(picture: Image.Image) -> int:
    return picture.convert("L").histogram()[255]
