"""The A4 pages as a picture: the preview shows the very places, fonts and rules that the PDF has."""

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from app.domain.paper.blocks import Document
from printing.a4_page import HEIGHT, WIDTH, Dots, Mark, Page, Stroke, Writing, pages_of, width_of
from printing.fonts import Face, font_path

SCALE = 2.0
"""Pixels a point."""
GAP = 16
"""Pixels between two pages, in the grey of the desk."""
_WHITE, _GREY, _BLACK, _RED = (255, 255, 255), (221, 227, 231), (0, 0, 0), (255, 0, 0)


def render(document: Document, reprint: int = 0) -> Image.Image:
    """Draw the pages one below the other (mode ``RGB``, two pixels a point).

    Raises:
        FontMissing: a font of the chain is not installed.
    """
    pages = [_picture(page) for page in pages_of(document, reprint)]
    width, height = pages[0].size
    whole = Image.new("RGB", (width, len(pages) * (height + GAP) - GAP), _GREY)
    for number, page in enumerate(pages):
        whole.paste(page, (0, number * (height + GAP)))
    return whole


def _picture(page: Page) -> Image.Image:
    picture = Image.new("RGB", (round(WIDTH * SCALE), round(HEIGHT * SCALE)), _WHITE)
    draw = ImageDraw.Draw(picture)
    for mark in page:
        _draw(draw, mark)
    return picture


def _draw(draw: ImageDraw.ImageDraw, mark: Mark) -> None:
    match mark:
        case Writing():
            _write(draw, mark)
        case Stroke(left, right, y, thickness, is_red):
            box = _box(left, y - thickness / 2, right - left, thickness)
            draw.rectangle(box, fill=_RED if is_red else _BLACK)
        case Dots(x, y, width, height):
            draw.rectangle(_box(x, y, width, height), fill=_BLACK)


def _write(draw: ImageDraw.ImageDraw, mark: Writing) -> None:
    """Each character at the place the PDF gives it: a hinted advance would drift along the line."""
    colour = _RED if mark.red else _BLACK
    for run in mark.runs:
        x = mark.x + run.offset * mark.size / 2
        font = _font(run.face, mark.size * SCALE)
        for char in run.text:
            draw.text((x * SCALE, (HEIGHT - mark.y) * SCALE), char, fill=colour, font=font, anchor="ls")
            x += width_of(run.face, char, mark.size)


def _box(x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
    """Return a rectangle in pixels from above, both corners inside, at least one pixel each way."""
    left, top = round(x * SCALE), round((HEIGHT - y - height) * SCALE)
    right, bottom = round((x + width) * SCALE) - 1, round((HEIGHT - y) * SCALE) - 1
    return left, top, max(left, right), max(top, bottom)


@lru_cache(maxsize=32)
def _font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(face)), size, index=face.index)
