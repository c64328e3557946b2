"""Writes rows as CSV that Excel opens, and as XLSX; a text that begins like a formula stays a text in both."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from app.domain.spreadsheet_text import plain_text
from sync.server.service.ledgers.columns import Cell

_WIDE = 20
_MAX_TITLE = 31
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Signs that XML has no way to write."""

Rows = Iterable[Sequence[Cell]]


def write_csv(_title: str, header: Sequence[tuple[str, str]], heads: Sequence[str], rows: Rows, totals: Rows) -> bytes:
    """Return UTF-8 with a byte order mark, by which Excel knows it; lines end as RFC 4180 says."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows([plain_text(each) for each in line] for line in header)
    writer.writerow([])
    writer.writerow(heads)
    for many in (rows, totals):
        writer.writerows([plain_text(each) if isinstance(each, str) else each for each in row] for row in many)
    return file.getvalue().encode("utf-8-sig")


def write_xlsx(title: str, header: Sequence[tuple[str, str]], heads: Sequence[str], rows: Rows, totals: Rows) -> bytes:
    """Return a workbook of one sheet, written row by row; numbers are numbers, everything else is text."""
    from openpyxl import Workbook  # noqa: PLC0415 - a third of a second that only an export need pay
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - the same
    from openpyxl.styles import Font  # noqa: PLC0415 - the same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - the same

    strong = Font(bold=True)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:_MAX_TITLE])

    def cell(value: Cell, *, bold: bool = False) -> object:
        if value is None or not (bold or isinstance(value, str)):
            return value
        made = WriteOnlyCell(sheet, _CONTROL.sub("", value) if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"  # the library takes what begins with "=" for a formula
        if bold:
            made.font = strong
        return made

    for at in range(1, len(heads) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDE
    for name, value in header:
        sheet.append([cell(name, bold=True), cell(value)])
    sheet.append([])
    sheet.append([cell(each, bold=True) for each in heads])
    for row in rows:
        sheet.append([cell(each) for each in row])
    for row in totals:
        sheet.append([cell(each, bold=True) for each in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
