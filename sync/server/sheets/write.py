"""Writes a catalogue's items as a workbook of three sheets; every cell is a value, never a formula."""

import json
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sync.server.sheets import derived
from sync.server.sheets.codecs import Cell
from sync.server.sheets.columns import (
    DEPARTMENT,
    ITEM_COLUMNS,
    ITEMS,
    MATERIAL_COLUMNS,
    MATERIALS,
    REST,
    REST_COLUMNS,
    ItemColumn,
)
from sync.server.sheets.rest import divided
from sync.server.sheets.rest_sheet import rest_of

_WIDE, _NARROW = 36, 16
_LONG = 20
_TOP = Alignment(vertical="top", wrap_text=True)


def workbook_of(document: Mapping[str, Any]) -> bytes:
    """Return the ``.xlsx`` of a document that passed the gate; ``read.read_workbook`` gives the same items back."""
    book = Workbook()
    items, materials = book.active, book.create_sheet(MATERIALS)
    assert isinstance(items, Worksheet), "a new workbook has one sheet"
    items.title = ITEMS
    rest = book.create_sheet(REST)
    _head(items, [each.header for each in ITEM_COLUMNS])
    _head(materials, [each.header for each in MATERIAL_COLUMNS])
    _head(rest, list(REST_COLUMNS))
    names = [each["name"] for each in document["departments"]]
    called = {each["id"]: each["name"] for each in document["departments"] if names.count(each["name"]) == 1}
    for item in document["items"]:
        cells = {**divided(item, ITEM_COLUMNS)[0], **derived.of_item(item, document)}
        cells[DEPARTMENT] = called.get(item["department"], item["department"])
        _row(items, ITEM_COLUMNS, cells)
        for material in item["materials"]:
            cells = divided(material, MATERIAL_COLUMNS)[0]
            _row(materials, MATERIAL_COLUMNS, {**cells, **derived.of_material(material, item["id"])})
        for name, value in rest_of(item).items():
            _append(rest, (item["id"], name, json.dumps(value, ensure_ascii=False)))
    for sheet in (items, materials, rest):
        _widths(sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: Worksheet, headers: list[str]) -> None:
    _append(sheet, headers)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"


def _row(sheet: Worksheet, columns: Iterable[ItemColumn], cells: Mapping[str, Cell]) -> None:
    _append(sheet, [cells.get(each.header) for each in columns])


def _append(sheet: Worksheet, values: Iterable[Cell]) -> None:
    """Append a row; a text that begins with ``=`` stays a text."""
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for place, value in enumerate(values, start=1):
        cell = sheet.cell(row, place)
        cell.value = value
        cell.alignment = _TOP
        if isinstance(value, str):
            cell.data_type = "s"
            cell.number_format = "@"


def _widths(sheet: Worksheet) -> None:
    for place, column in enumerate(sheet.iter_cols(), start=1):
        long = max(len(str(each.value or "")) for each in column) > _LONG
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE if long else _NARROW
