"""Takes the cells out of an untrusted workbook: bounded in every direction, formulas noticed and never evaluated.

With ``defusedxml`` installed the library reads every part by it: entities are refused, as a ``ValueError``. The library
is imported only where a workbook comes.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, LargeZipFile, ZipFile

MAX_PARTS = 200
MAX_UNPACKED = 48 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 80
MAX_CELL = 20_000
SIGNATURE = b"PK\x03\x04"
"""What every ``.xlsx`` begins with; no catalogue in YAML does."""

_BROKEN = (
    BadZipFile, LargeZipFile, ParseError, zlib.error, KeyError, ValueError,
    TypeError, AttributeError, IndexError, EOFError, OSError, NotImplementedError, RuntimeError, AssertionError,
)  # fmt: skip
"""What the libraries raise for a file that is no workbook, whatever was done to it."""


class WorkbookFault(ValueError):  # noqa: N818 - told to whoever sent the file
    """The bytes cannot be taken as a workbook; ``code`` is in the table of messages."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values_ = values


@dataclass(frozen=True, slots=True)
class RawCell:
    """What stands in a cell; ``formula`` instead of a value."""

    text: str
    formula: bool = False


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row that is not blank, counted from 1 as people see it; cells by column, counted from 1."""

    number: int
    cells: Mapping[int, RawCell]


def raw_sheets(data: bytes) -> dict[str, list[RawRow]]:
    """Return the rows of every sheet by its name.

    Raises:
        WorkbookFault: ``sheet_not_xlsx`` or ``sheet_too_large``.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - see the module's sentence
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - the same

    try:
        _bounded(data)
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return {sheet.title: _rows(sheet) for sheet in book.worksheets}
    except WorkbookFault:
        raise
    except (*_BROKEN, InvalidFileException) as error:
        raise WorkbookFault("sheet_not_xlsx") from error


def place_of(sheet: str, row: int, column: int) -> str:
    """Return where a cell is, as people say it: ``材料 C12``."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - the same

    return f"{sheet} {get_column_letter(column)}{row}"


def _bounded(data: bytes) -> None:
    """Look at the list of contents before anything is unpacked."""
    with ZipFile(BytesIO(data)) as parts:
        listed = parts.infolist()
        if len(listed) > MAX_PARTS or sum(each.file_size for each in listed) > MAX_UNPACKED:
            raise WorkbookFault("sheet_too_large")
        for each in listed:
            with parts.open(each) as part:  # the list may say less than is there
                if len(part.read(each.file_size + 1)) != each.file_size:
                    raise WorkbookFault("sheet_not_xlsx")


def _rows(sheet: object) -> list[RawRow]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # what the file says of its size is not believed
    found = []
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):  # type: ignore[attr-defined]
        if number > MAX_ROWS:
            raise WorkbookFault("sheet_too_large")
        cells = {place: cell for place, each in enumerate(row, start=1) if (cell := _cell(each)) is not None}
        if cells:
            found.append(RawRow(number, cells))
    return found


def _cell(cell: object) -> RawCell | None:
    value = getattr(cell, "value", None)
    if value is None:
        return None
    if getattr(cell, "data_type", "") == "f":
        return RawCell("", formula=True)
    text = _text(value)
    if len(text) > MAX_CELL:
        raise WorkbookFault("sheet_too_large")
    return RawCell(text) if text else None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
