"""Reads a workbook of the implementation list into a catalogue document; every problem is told, each with its cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.catalogue.labels import LABELS
from app.domain.catalogue.problem import Path
from sync.server.sheets import derived
from sync.server.sheets.codecs import CellFault
from sync.server.sheets.columns import (
    EFFECTIVE,
    ITEM_COLUMNS,
    ITEM_ID,
    ITEMS,
    MATERIAL_COLUMNS,
    MATERIAL_ID,
    MATERIALS,
    NATIONAL,
    REST,
    REST_COLUMNS,
    VERSION,
    Column,
    Derived,
    ItemColumn,
    Kept,
)
from sync.server.sheets.lines import Line, SheetProblem, lines_of
from sync.server.sheets.raw import RawRow, raw_sheets
from sync.server.sheets.rest import joined
from sync.server.sheets.rest_sheet import Rests

_INFORMAL = frozenset({EFFECTIVE, VERSION, ITEM_ID})
"""Derived columns with a meaning of their own: the date of all, the version that was written out, whose row it is."""
_ITEM_DEPTH = 2


@dataclass(slots=True)
class SheetFile:
    """The document of a workbook, what was wrong with its cells, and where each part of it stands."""

    document: dict[str, Any]
    problems: list[SheetProblem] = field(default_factory=list)
    places: dict[Path, tuple[str, int]] = field(default_factory=dict)

    def place_of(self, path: Path) -> tuple[str, int | None]:
        """Return cell and row of a value of the document; of what no sheet holds, the part of the catalogue."""
        held = path
        while held and held not in self.places:
            held = held[:-1]
        if held:
            return self.places[held]
        return "现行清单的" + (LABELS.get(str(path[0]), str(path[0])) if path else "内容"), None


def read_workbook(data: bytes, base: Mapping[str, Any]) -> SheetFile:
    """Return ``base`` with the items of a workbook; an item without lines in the third sheet keeps what it had there.

    Raises:
        WorkbookFault: the bytes are no workbook, or one of no sensible size.
    """
    sheets = raw_sheets(data)
    file = SheetFile(dict(base))
    missing = [each for each in (ITEMS, MATERIALS) if each not in sheets]
    if missing:
        file.problems += [SheetProblem("sheet_missing", each, 1, {"sheet": each}) for each in missing]
        return file
    _Reader(file, sheets).read()
    return file


class _Reader:
    """Puts the items of one workbook together."""

    def __init__(self, file: SheetFile, sheets: Mapping[str, list[RawRow]]) -> None:
        self._file, self._problems = file, file.problems
        heads = [each.header for each in ITEM_COLUMNS], [each.header for each in MATERIAL_COLUMNS]
        self._items = lines_of(ITEMS, sheets[ITEMS], heads[0], file.problems)
        self._materials = lines_of(MATERIALS, sheets[MATERIALS], heads[1], file.problems)
        rest = lines_of(REST, sheets.get(REST, []), REST_COLUMNS, file.problems)
        self._rests = Rests(rest, {each["id"]: each for each in file.document["items"]}, file.problems)
        self._made: dict[str, dict[str, Any]] = {}
        self._derived: list[tuple[Path, Line]] = []

    def read(self) -> None:
        for line in self._items:
            self._item(line)
        for line in self._materials:
            self._material(line)
        self._problems += self._rests.strays(self._made)
        self._file.document["items"] = list(self._made.values())
        self._date()
        for path, line in self._derived:
            self._agree(path, line)

    def _item(self, line: Line) -> None:
        item_id = line.texts.get(ITEM_ID, "")
        if not item_id or item_id in self._made:
            self._problems.append(
                line.problem("sheet_duplicate_item" if item_id else "sheet_no_item", ITEM_ID, item=item_id)
            )
            return
        path: Path = ("items", len(self._made))
        self._file.places[path] = line.at(ITEM_ID), line.number
        row = self._row(line, ITEM_COLUMNS, path, self._rests.of_item(item_id))
        self._made[item_id] = {**row, "materials": [], **self._department(row)}

    def _department(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Return the department of that name; an id is taken as it is, and the gate knows whether there is one."""
        named = [each["id"] for each in self._file.document["departments"] if each["name"] == row.get("department")]
        return {"department": named[0]} if len(named) == 1 else {}

    def _material(self, line: Line) -> None:
        item_id, material_id = line.texts.get(ITEM_ID, ""), line.texts.get(MATERIAL_ID, "")
        item = self._made.get(item_id)
        if item is None:
            name = line.texts.get("材料名称", "")[:40]
            self._problems.append(line.problem("sheet_unknown_item", ITEM_ID, item=item_id, name=name))
            return
        path: Path = ("items", list(self._made).index(item_id), "materials", len(item["materials"]))
        self._file.places[path] = line.at(MATERIAL_ID), line.number
        rest = self._rests.of_material(item_id, material_id)
        item["materials"].append(self._row(line, MATERIAL_COLUMNS, path, rest))

    def _row(self, line: Line, columns: tuple[ItemColumn, ...], path: Path, rest: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row says; a cell that cannot be read is a problem, and its value stays out."""
        values: list[tuple[Column, Any]] = []
        kept: dict[str, str] = {}
        for column in columns:
            if isinstance(column, Column):
                self._file.places[*path, *column.path] = line.at(column.header), line.number
            if column.header not in line.texts:
                continue
            text = line.texts[column.header]
            if isinstance(column, Kept):
                self._file.places[*path, NATIONAL, column.header] = line.at(column.header), line.number
                kept[column.header] = text
            elif isinstance(column, Column):
                try:
                    values.append((column, column.codec.decode(text)))
                except CellFault as fault:
                    self._problems.append(line.problem(fault.code, column.header, **fault.values_))
        self._derived.append((path, line))
        return joined(values, kept, rest)

    def _date(self) -> None:
        """One workbook is one version: all its items begin on one day."""
        dates = {line.texts[EFFECTIVE]: line for line in reversed(self._items) if EFFECTIVE in line.texts}
        for day, line in reversed(dates.items()):
            self._file.document["effective_from"] = day
            self._file.places["effective_from",] = line.at(EFFECTIVE), line.number
            if len(dates) > 1:
                self._problems.append(line.problem("sheet_dates_differ", EFFECTIVE, dates="、".join(sorted(dates))))
                break

    def _agree(self, path: Path, line: Line) -> None:
        """A derived cell agrees with what it follows from; else somebody changed what this column cannot change."""
        item = self._file.document["items"][path[1]]
        if len(path) == _ITEM_DEPTH:
            columns, told = ITEM_COLUMNS, derived.of_item(item, self._file.document)
        else:
            columns, told = MATERIAL_COLUMNS, derived.of_material(item["materials"][path[3]], item["id"])
        for column in columns:
            header = column.header
            if isinstance(column, Derived) and header not in _INFORMAL and header in line.texts:
                should = told.get(header, "")
                if not should and len(path) == _ITEM_DEPTH:
                    continue  # what it follows from is wrong, and that is told there
                if should != line.texts[header]:
                    self._problems.append(line.problem("sheet_derived", header, name=header, value=should[:60]))
