"""Puts a catalogue through the publish gate; what passes waits for a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.catalogue.gate import check
from app.domain.rights import Act
from sync.protocol.interface import Refused
from sync.protocol.messages import CatalogueSubmitted
from sync.server.catalogue_yaml import CatalogueFile, CatalogueFileError, read
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.once import Request, once
from sync.server.service.refusals import STATUS, refusal
from sync.server.storage import catalogue
from sync.server.storage.catalogue import Version
from sync.server.storage.engine import Transaction


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """One reason against publishing, with the line of the uploaded file, from 1."""

    code: str
    path: str
    line: int | None
    values: Mapping[str, str | int]


class CatalogueInvalid(Refused):
    """``catalogue_invalid`` with everything found, first things first."""

    def __init__(self, problems: Sequence[PlacedProblem]) -> None:
        super().__init__("catalogue_invalid", STATUS["catalogue_invalid"], line=problems[0].line)
        self.problems = tuple(problems)


def submit_catalogue(context: Context, caller: Caller, data: bytes, key: str | None) -> CatalogueSubmitted:
    """Keep a version; the server gives the number and writes it into the document.

    Raises:
        Refused: ``forbidden``; ``catalogue_invalid`` as ``CatalogueInvalid``.
    """
    caller.require(Act.SUBMIT_CATALOGUE)
    if caller.clerk is None:
        raise refusal("forbidden")
    years = context.storage.read(lambda connection: [row["year"] for row in catalogue.years(connection, caller.hall)])
    document = _checked(data, years)
    by = caller.clerk

    def keep(connection: Transaction) -> CatalogueSubmitted:
        number = catalogue.last_number(connection, caller.hall) + 1
        version = Version(number, {**document, "version": number}, document["effective_from"], by, approved_by=None)
        catalogue.add(connection, caller.hall, version, context.clock.now_ms())
        return CatalogueSubmitted(version=number)

    def work(connection: Transaction) -> CatalogueSubmitted:
        request = Request(key, ["catalogue", document], CatalogueSubmitted)
        return once(context, connection, caller, request, lambda: keep(connection))

    return context.storage.write(work)


def _checked(data: bytes, calendar_years: Sequence[int]) -> Mapping[str, str]:
    try:
        file = read(data)
    except CatalogueFileError as error:
        raise CatalogueInvalid([PlacedProblem(error.fault.value, "", error.line, {})]) from error
    problems = check(file.document, calendar_years)
    if problems:
        raise CatalogueInvalid([_placed(file, each.path, each.code.value, each.values) for each in problems])
    document: Mapping[str, str] = file.document
    return document


def _placed(
    file: CatalogueFile, path: tuple[str | int, ...], code: str, values: Mapping[str, str | int]
) -> PlacedProblem:
    return PlacedProblem(code, "/".join(map(str, path)), file.line_of(path), values)
