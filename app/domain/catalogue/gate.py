"""The publish gate: a catalogue document that breaks a rule never reaches a counter (domain rules I11, I15, I17)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from app.domain.catalogue import center_rules, form_rules, item_rules, refusal_rules
from app.domain.catalogue.build import catalogue_of
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.document import DOCUMENT
from app.domain.catalogue.joint_rules import joint_within_law
from app.domain.catalogue.partial import as_in_whole, sound_part
from app.domain.catalogue.problem import GateCode, Path, Problem, problem
from app.domain.catalogue.queue_shape import queue_is_fair
from app.domain.catalogue.theme_shape import themes_are_lawful

MAX_PROBLEMS = 200


class CatalogueRefusedError(ValueError):
    """A document that may not be published, with everything found wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(sorted({each.code.value for each in self.problems})))


def check(document: object, calendar_years: Iterable[int] | None = None) -> list[Problem]:
    """Return what keeps an untrusted document from being published; empty means it may be.

    ``calendar_years`` are the years whose working days are announced; without it that is not checked.
    At most ``MAX_PROBLEMS`` are returned. Rules need values that have their shape: they are applied to all items whose
    shape is right, so that one slip in one item does not hide what is wrong with the others.
    """
    problems = list(islice(_shape(document), MAX_PROBLEMS))
    sound = document if not problems else sound_part(document, problems)
    if sound is None or len(problems) == MAX_PROBLEMS:
        return problems
    dates = list(_dates(sound))
    found = dates or list(islice(_rules(sound, calendar_years), MAX_PROBLEMS))
    return (problems + (found if sound is document else as_in_whole(found, document, problems)))[:MAX_PROBLEMS]


def build(document: Mapping[str, Any]) -> Catalogue:
    """Return the catalogue a document describes.

    Raises:
        CatalogueRefusedError: the gate found problems.
    """
    problems = check(document)
    if problems:
        raise CatalogueRefusedError(problems)
    return catalogue_of(document)


def _shape(document: object) -> Iterator[Problem]:
    yield from DOCUMENT.faults(document, ())


def _dates(document: Any) -> Iterator[Problem]:
    yield from center_rules.dates_exist(document)


def _rules(document: Any, calendar_years: Iterable[int] | None) -> Iterator[Problem]:
    yield from center_rules.names_are_unique(document)
    yield from center_rules.credit_codes_check(document)
    yield from center_rules.references_lead_somewhere(document)
    yield from center_rules.laws_are_in_force(document)
    yield from queue_is_fair(document)
    yield from themes_are_lawful(document)
    yield from refusal_rules.refusals_rest_on_law(document)
    credit_codes = {each["id"]: each["uscc"] for each in document["departments"]}
    for n, item in enumerate(document["items"]):
        yield from _item(item, ("items", n), credit_codes)
    year = date.fromisoformat(document["effective_from"]).year
    if calendar_years is not None and year not in set(calendar_years):
        yield problem(("effective_from",), GateCode.CALENDAR_YEAR_MISSING, year=year)


def _item(item: Mapping[str, Any], path: Path, credit_codes: Mapping[str, str]) -> Iterator[Problem]:
    yield from item_rules.names_are_unique(item, path)
    yield from item_rules.promise_within_statute(item, path)
    yield from joint_within_law(item, path)
    yield from item_rules.conditions_can_be_decided(item, path)
    yield from item_rules.materials_are_consistent(item, path)
    yield from item_rules.groups_fit_every_answer(item, path)
    yield from item_rules.code_belongs_to_department(item, path, credit_codes)
    yield from item_rules.money_stands_in_fee_rules(item, path)
    yield from item_rules.only_instant_cases_complete(item, path)
    yield from form_rules.form_is_sound(item, path)
