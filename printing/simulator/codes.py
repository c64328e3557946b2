"""Reads the codes of a picture as a scanner does: off the dots, knowing nothing of how they were made."""

from PIL import Image, ImageOps

QUIET_DOTS = 32
"""The white paper around a raster, which the codes need to be found."""
SMALLEST_DOTS = 21
"""A QR code has at least so many modules a side."""


def codes_in(raster: Image.Image) -> list[str]:
    """Return the texts of the QR codes and CODE128 barcodes in a black and white picture, from left to right."""
    if min(raster.size) < SMALLEST_DOTS:
        return []  # most rasters are single lines of rare characters
    import zxingcpp  # noqa: PLC0415 - only papers with a code pay for it

    found = zxingcpp.read_barcodes(ImageOps.expand(raster.convert("L"), QUIET_DOTS, fill=255))
    taken = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128)
    codes = [each for each in found if each.format in taken]
    return [each.text for each in sorted(codes, key=lambda each: each.position.top_left.x)]
