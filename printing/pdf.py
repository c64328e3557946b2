"""A document as an A4 PDF: the original that gets the seal."""

from io import BytesIO

from reportlab.lib.colors import black, red  # type: ignore[import-untyped]  # reportlab ships no types
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # reportlab ships no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # reportlab ships no types

from app.domain.paper.blocks import Document
from printing.a4_page import Dots, Mark, Stroke, Writing, pages_of
from printing.pdf_fonts import register


def render(document: Document, reprint: int = 0) -> bytes:
    """Return the PDF. The same document gives the same bytes; call it from one thread at a time.

    Raises:
        FontMissing: a font of the chain is not installed.
    """
    pages = pages_of(document, reprint)
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.setTitle(document.title)
    for page in pages:
        for mark in page:
            _draw(canvas, mark)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, mark: Mark) -> None:
    match mark:
        case Writing():
            canvas.setFillColor(red if mark.red else black)
            line = canvas.beginText()
            for run in mark.runs:
                line.setFont(register(run.face), mark.size)
                line.setTextOrigin(mark.x + run.offset * mark.size / 2, mark.y)
                line.textOut(run.text)
            canvas.drawText(line)
        case Stroke(left, right, y, thickness, is_red):
            canvas.setStrokeColor(red if is_red else black)
            canvas.setLineWidth(thickness)
            canvas.line(left, y, right, y)
        case Dots(x, y, width, height):
            canvas.setFillColor(black)
            canvas.rect(x, y, width, height, stroke=0, fill=1)
