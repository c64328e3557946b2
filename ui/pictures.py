"""Pictures of papers as Qt draws them."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from PIL.Image import Image


def image_of(bitmap: "Image") -> QImage:
    """Return what the printer would burn as a picture in greys."""
    grey = bitmap.convert("L")
    return QImage(grey.tobytes(), grey.width, grey.height, grey.width, QImage.Format.Format_Grayscale8).copy()
