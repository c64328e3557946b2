"""容缺受理告知书: where something comes later, SL-16 goes with the acceptance, in its commit (domain rule L10).

It is queued before the acceptance notice: the applicant signs the promise, then takes the notice home.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.correction import corrected
from app.domain.deferral_paper import DEFERRAL, DEFERRAL_SLIP, deferral_fields
from app.domain.intake import Counting, doc_number, doc_series
from app.domain.paper.blocks import Document, document_to_json
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.ports.clock import Clock
from app.ports.store import Work
from app.usecases.case_record import queue_case_paper
from app.usecases.owe_original import owe_original


@dataclass(frozen=True, slots=True)
class Promise:
    """The accepted case, its item, the catalogue its words come from, and the day and counter of the act."""

    case: Case
    item: Item
    catalogue: Catalogue
    at: Counting


def queue_promise(work: Work, clock: Clock, templates: Mapping[str, Template], promise: Promise) -> dict[str, Any]:
    """Print SL-16 where something is deferred; return what the operation says of it, empty where nothing is.

    Raises:
        PaperError: the promise has a hole; then nothing is recorded either.
    """
    if not promise.case.deferred:
        return {}
    number = _number(work, promise)
    queue_case_paper(work, clock, _filled(templates, promise, number), replace(promise.case, doc_no=number))
    return _said(number)


def owe_promise(work: Work, clock: Clock, templates: Mapping[str, Template], promise: Promise) -> dict[str, Any]:
    """Put SL-16 on the list 待出正本 alone, where nobody stands at a window; else as ``queue_promise``."""
    if not promise.case.deferred:
        return {}
    number = _number(work, promise)
    owe_original(work, clock, _filled(templates, promise, number), replace(promise.case, doc_no=number))
    return _said(number)


def promise_outdated(work: Work, templates: Mapping[str, Template], promise: Promise) -> bool:
    """Say whether a corrected case needs another promise than the one that was given, or none any more."""
    papers = _papers(work, promise.case)
    number = _given_number(work, promise.case)
    if number is None or not papers or not promise.case.deferred:
        return bool(papers) or bool(promise.case.deferred)
    new = document_to_json(_filled(templates, promise, number))["blocks"]
    return bool(list(papers[-1]["blocks"])[-len(new) :] != new)  # a corrected one has its mark on top


def renew_promise(work: Work, clock: Clock, templates: Mapping[str, Template], promise: Promise) -> None:
    """Make the promise anew, marked 更正 n, under the number it has; a first one gets a number.

    Raises:
        PaperError: the promise has a hole.
    """
    number = _given_number(work, promise.case)
    if number is None:
        queue_promise(work, clock, templates, promise)
    elif promise.case.deferred:
        document = corrected(_filled(templates, promise, number), len(_papers(work, promise.case)))
        queue_case_paper(work, clock, document, replace(promise.case, doc_no=number))


def _filled(templates: Mapping[str, Template], promise: Promise, number: str) -> Document:
    fields = deferral_fields(promise.case, promise.item, promise.catalogue, number)
    return fill(templates[DEFERRAL_SLIP], fields)


def _number(work: Work, promise: Promise) -> str:
    series = doc_series(promise.item, promise.at.today, DEFERRAL)
    return doc_number(promise.item, promise.at, work.take_serial(series), DEFERRAL)


def _said(number: str) -> dict[str, Any]:
    return {"promise": {"slip": DEFERRAL_SLIP, "doc_no": number}}


def _given_number(work: Work, case: Case) -> str | None:
    given = [each.doc_no for each in work.originals_of(case.case_id) if each.slip == DEFERRAL_SLIP]
    return given[-1] if given else None


def _papers(work: Work, case: Case) -> list[Mapping[str, Any]]:
    """Return the different promises that a case got so far; a reprint is the same paper."""
    different: list[Mapping[str, Any]] = []
    for each in work.print_jobs_of(case.case_id):
        if each.slip == DEFERRAL_SLIP and each.document not in different:
            different.append(each.document)
    return different
