"""The third sheet: what the product needs of an item and the national list has no column for, as JSON by name."""

import json
from collections.abc import Mapping
from typing import Any

from sync.server.sheets.columns import ITEM_COLUMNS, ITEM_ID, MATERIAL_COLUMNS, REST_COLUMNS
from sync.server.sheets.lines import Line, SheetProblem
from sync.server.sheets.rest import divided

_ITEM, _NAME, _VALUE = REST_COLUMNS
_MATERIALS = "materials/"
Rest = dict[str, Any]


def rest_of(item: Mapping[str, Any]) -> Rest:
    """Return by name what an item and its materials hold beside their columns (``materials/M1/detail``)."""
    rest = divided({key: each for key, each in item.items() if key != "materials"}, ITEM_COLUMNS)[1]
    for material in item["materials"]:
        for name, value in divided(material, MATERIAL_COLUMNS)[1].items():
            rest[f"{_MATERIALS}{material['id']}/{name}"] = value
    return rest


class Rests:
    """The rests by item; an item the sheet says nothing of keeps what it has in the catalogue."""

    def __init__(self, lines: list[Line], known: Mapping[str, Mapping[str, Any]], problems: list[SheetProblem]) -> None:
        self._lines = lines
        self._said: dict[str, Rest] = {}
        for line in lines:
            self._take(line, problems)
        self._known = {key: rest_of(each) for key, each in known.items() if key not in self._said}

    def of_item(self, item_id: str) -> Rest:
        """Return what belongs to the item itself."""
        return {name: each for name, each in self._of(item_id).items() if not name.startswith(_MATERIALS)}

    def of_material(self, item_id: str, material_id: str) -> Rest:
        """Return what belongs to one of its materials."""
        begin = f"{_MATERIALS}{material_id}/"
        return {name.removeprefix(begin): each for name, each in self._of(item_id).items() if name.startswith(begin)}

    def strays(self, items: Mapping[str, Any]) -> list[SheetProblem]:
        """Return the lines about items that the first sheet does not have."""
        return [
            line.problem("sheet_unknown_item", ITEM_ID, item=item, name=line.texts.get(_NAME, "")[:40])
            for line in self._lines
            if (item := line.texts.get(_ITEM, "")) not in items
        ]

    def _of(self, item_id: str) -> Rest:
        return self._said.get(item_id) or self._known.get(item_id, {})

    def _take(self, line: Line, problems: list[SheetProblem]) -> None:
        name = line.texts.get(_NAME, "")
        try:
            value = json.loads(line.texts.get(_VALUE, ""))
        except (ValueError, RecursionError):
            problems.append(line.problem("sheet_not_json", _VALUE, name=name[:40]))
            return
        self._said.setdefault(line.texts.get(_ITEM, ""), {})[name] = value
