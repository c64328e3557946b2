"""The rows of a sheet under its headers, and the problems of a workbook with the cell each is about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sync.server.sheets.raw import RawRow, place_of


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One thing wrong with a cell: its code, where it is, in which row (from 1), and the values of its sentence."""

    code: str
    place: str
    row: int
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: the texts that stand there by header, and where every column's cell is."""

    sheet: str
    number: int
    texts: Mapping[str, str]
    places: Mapping[str, str]

    def at(self, header: str) -> str:
        """Return where a column's cell is, or the row where the sheet lacks the column."""
        return self.places.get(header) or f"{self.sheet} 第{self.number}行"

    def problem(self, code: str, header: str, **values: str | int) -> SheetProblem:
        """Return a problem with the cell of a column."""
        return SheetProblem(code, self.at(header), self.number, values)


def lines_of(sheet: str, rows: list[RawRow], headers: Collection[str], problems: list[SheetProblem]) -> list[Line]:
    """Return the rows under the headers; what is no column, has no header or is a formula becomes a problem."""
    if not rows:
        return []
    columns = _columns(sheet, rows[0], headers, problems)
    found = []
    for row in rows[1:]:
        texts: dict[str, str] = {}
        for place, cell in row.cells.items():
            where = place_of(sheet, row.number, place)
            if cell.formula:
                problems.append(SheetProblem("sheet_formula", where, row.number))
            elif place in columns:
                texts[columns[place]] = cell.text
            elif place not in rows[0].cells:
                problems.append(SheetProblem("sheet_no_header", where, row.number))
        places = {header: place_of(sheet, row.number, place) for place, header in columns.items()}
        found.append(Line(sheet, row.number, texts, places))
    return found


def _columns(sheet: str, head: RawRow, headers: Collection[str], problems: list[SheetProblem]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, cell in head.cells.items():
        if cell.formula or cell.text not in headers or cell.text in columns.values():
            where = place_of(sheet, head.number, place)
            problems.append(SheetProblem("sheet_unknown_column", where, head.number, {"name": cell.text[:40]}))
        else:
            columns[place] = cell.text
    return columns
