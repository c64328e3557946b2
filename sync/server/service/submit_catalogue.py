"""Puts a catalogue through the publish gate; what passes waits for a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.domain.catalogue.forms_at_hand import foreign_forms, without_forms
from app.domain.catalogue.gate import check
from app.domain.catalogue.labels import LABELS
from app.domain.catalogue.problem import Path, Problem
from app.domain.rights import Act
from sync.protocol.interface import Refused
from sync.protocol.messages import CatalogueSubmitted
from sync.server.catalogue_yaml import CatalogueFileError, read
from sync.server.form_files import packaged_forms
from sync.server.messages import text
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.once import Request, once
from sync.server.service.refusals import STATUS, refusal
from sync.server.sheets.raw import SIGNATURE, WorkbookFault
from sync.server.sheets.read import read_workbook
from sync.server.storage import catalogue
from sync.server.storage.catalogue import Version
from sync.server.storage.engine import Transaction


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """One reason against publishing, with the line or row of the uploaded file, from 1; ``place`` names its cell."""

    code: str
    path: str
    line: int | None
    values: Mapping[str, str | int]
    place: str = ""


class CatalogueInvalid(Refused):
    """``catalogue_invalid`` with everything found, first things first."""

    def __init__(self, problems: Sequence[PlacedProblem]) -> None:
        super().__init__("catalogue_invalid", STATUS["catalogue_invalid"], line=problems[0].line)
        self.problems = tuple(problems)


def submit_catalogue(context: Context, caller: Caller, data: bytes, key: str | None) -> CatalogueSubmitted:
    """Keep a version, from YAML or from a workbook; the server gives the number and writes it into the document.

    A workbook holds the items; everything else is taken from the newest version there is.

    Raises:
        Refused: ``forbidden``; ``catalogue_invalid`` as ``CatalogueInvalid``.
    """
    caller.require(Act.SUBMIT_CATALOGUE)
    if caller.clerk is None:
        raise refusal("forbidden")
    years, base = context.storage.read(
        lambda connection: (
            [row["year"] for row in catalogue.years(connection, caller.hall)],
            newest(connection, caller.hall) if data.startswith(SIGNATURE) else None,
        )
    )
    document = _from_workbook(data, base, years) if data.startswith(SIGNATURE) else _from_yaml(data, years)
    by = caller.clerk

    def keep(connection: Transaction) -> CatalogueSubmitted:
        number = catalogue.last_number(connection, caller.hall) + 1
        version = Version(number, {**document, "version": number}, document["effective_from"], by, approved_by=None)
        catalogue.add(connection, caller.hall, version, context.clock.now_ms())
        gaps = (text("form_missing", **asdict(each)) for each in without_forms(document))
        return CatalogueSubmitted(version=number, warnings=list(gaps))

    def work(connection: Transaction) -> CatalogueSubmitted:
        request = Request(key, ["catalogue", document], CatalogueSubmitted)
        return once(context, connection, caller, request, lambda: keep(connection))

    return context.storage.write(work)


def newest(connection: Transaction, hall: str) -> Mapping[str, Any] | None:
    """Return the document of the newest version, published or waiting; None before the first."""
    version = catalogue.get(connection, hall, catalogue.last_number(connection, hall))
    return version.document if version else None


def _from_yaml(data: bytes, calendar_years: Sequence[int]) -> Mapping[str, Any]:
    try:
        file = read(data)
    except CatalogueFileError as error:
        raise CatalogueInvalid([PlacedProblem(error.fault.value, "", error.line, {})]) from error
    problems = [
        PlacedProblem(each.code.value, spelled(each.path), file.line_of(each.path), each.values)
        for each in found_in(file.document, calendar_years)
    ]
    if problems:
        raise CatalogueInvalid(problems)
    document: Mapping[str, Any] = file.document
    return document


def _from_workbook(data: bytes, base: Mapping[str, Any] | None, calendar_years: Sequence[int]) -> Mapping[str, Any]:
    """Return the document; what is wrong with cells and what the gate finds is told together."""
    if base is None:
        raise CatalogueInvalid([PlacedProblem("sheet_no_base", "", None, {})])
    try:
        file = read_workbook(data, base)
    except WorkbookFault as fault:
        raise CatalogueInvalid([PlacedProblem(fault.code, "", None, fault.values_)]) from fault
    problems = [PlacedProblem(each.code, "", each.row, each.values, each.place) for each in file.problems]
    told = {each.place for each in problems}
    for each in found_in(file.document, calendar_years):
        place, row = file.place_of(each.path)
        if place not in told:  # a cell that could not be read left its value out
            problems.append(PlacedProblem(each.code.value, spelled(each.path), row, _in_words(each.values), place))
    if problems:
        raise CatalogueInvalid(problems)
    return file.document


def found_in(document: Any, calendar_years: Sequence[int]) -> Sequence[Problem]:
    """Return what the publish gate finds; in a document that passes it, the forms that are not the packaged ones."""
    return tuple(check(document, calendar_years)) or tuple(foreign_forms(document, packaged_forms()))


def _in_words(values: Mapping[str, str | int]) -> Mapping[str, str | int]:
    """Return a problem's values for who edits a table: the name of a part in Chinese, not its key."""
    return {**values, "field": LABELS.get(str(values["field"]), values["field"])} if "field" in values else values


def spelled(path: Path) -> str:
    """Return a path in the document as it is told: ``items/3/fee``."""
    return "/".join(map(str, path))
