"""The picture of a scanned copy, within bounds; what citizens hand in is untrusted, so little is ever decoded.

Only jpg, png and tif, by Pillow's decoders of these kinds, their first page; nothing is opened by another program.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QImage

from app.domain.scanned_copy import CopyKind

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS: Final = 40_000_000
"""An A4 page at 600 dpi has 35 million."""
SHOWN: Final = (1240, 1754)
"""Pixels of the picture that is made, at most: A4 at 150 dpi."""
_FORMATS: Final = {CopyKind.JPEG: ("JPEG",), CopyKind.PNG: ("PNG",), CopyKind.TIFF: ("TIFF",)}


class NotShown(Exception):  # noqa: N818 - told to the clerk; the copy itself is kept as it is
    """There is no picture; ``code`` is that of its sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def picture(kind: CopyKind, content: bytes) -> QImage:
    """Return the copy as large as the pane can use it, turned as its camera says.

    Raises:
        NotShown: a PDF, an empty content (the server alone has it), too many pixels, or not decodable.
    """
    formats = _FORMATS.get(kind)
    if not content:
        raise NotShown("copy_at_server")
    if formats is None:
        raise NotShown("copy_pdf_unshown")
    image = _decoded(content, formats)
    return QImage(image.tobytes(), image.width, image.height, 3 * image.width, QImage.Format.Format_RGB888).copy()


def _decoded(content: bytes, formats: tuple[str, ...]) -> "Image":
    from PIL import Image, ImageOps  # noqa: PLC0415 - only who looks at a copy pays for it

    try:
        with Image.open(BytesIO(content), formats=formats) as found:
            if found.width * found.height <= MOST_PIXELS:
                found.draft("RGB", SHOWN)  # a JPEG is decoded small at once
                upright = ImageOps.exif_transpose(found).convert("RGB")
                upright.thumbnail(SHOWN)
                return upright
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotShown("copy_too_many_pixels") from error
    except Exception as error:  # decoders of damaged pictures raise what they like
        raise NotShown("copy_not_decoded") from error
    raise NotShown("copy_too_many_pixels")
