"""Gate rules about the whole document: every reference leads somewhere, nothing is named twice, codes check."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from app.domain.catalogue.organisation import ALL_ITEMS
from app.domain.catalogue.problem import GateCode, Path, Problem, problem
from app.domain.uscc import is_valid

Document = Mapping[str, Any]


def duplicates(rows: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    """Yield every name that stands a second time."""
    seen: set[str] = set()
    for path, name in rows:
        if name in seen:
            yield problem(path, GateCode.DUPLICATE, name=name)
        seen.add(name)


def names_are_unique(document: Document) -> Iterator[Problem]:
    """No id, code, letter or number of the document may stand twice."""
    keys = {
        "laws": "id",
        "departments": "id",
        "businesses": "code",
        "priorities": "code",
        "staff": "number",
        "items": "id",
    }
    for part, key in keys.items():
        yield from duplicates(((part, n, key), each[key]) for n, each in enumerate(document[part]))
    yield from duplicates(
        (("windows", n, "numbers", m), number)
        for n, group in enumerate(document["windows"])
        for m, number in enumerate(group["numbers"])
    )
    yield from duplicates((("items", n, "code31"), each["code31"]) for n, each in enumerate(document["items"]))


def credit_codes_check(document: Document) -> Iterator[Problem]:
    """Every department's unified social credit code carries its check character (GB 32100)."""
    for n, each in enumerate(document["departments"]):
        if not is_valid(each["uscc"]):
            yield problem(("departments", n, "uscc"), GateCode.BAD_USCC, value=each["uscc"])


def references_lead_somewhere(document: Document) -> Iterator[Problem]:
    """Items, windows, departments and successors of laws that are named must exist."""
    items = {each["id"] for each in document["items"]} | {ALL_ITEMS}
    windows = {number for group in document["windows"] for number in group["numbers"]}
    departments = {each["id"] for each in document["departments"]}
    laws = {each["id"] for each in document["laws"]}
    for part in ("windows", "businesses", "staff"):
        for n, row in enumerate(document[part]):
            yield from _unknown((part, n, "items"), row["items"], items)
            yield from _unknown((part, n, "windows"), row.get("windows", ()), windows)
    for n, row in enumerate(document["staff"]):
        yield from _unknown_one(("staff", n, "department"), row["department"], departments)
    for n, row in enumerate(document["laws"]):
        yield from _unknown_one(("laws", n, "replaced_by"), row.get("replaced_by"), laws)
    for n, row in enumerate(document["items"]):
        for key in ("department", "guide_department", "intake"):
            yield from _unknown_one(("items", n, key), row.get(key), departments)
        for m, step in enumerate(row.get("next", ())):
            yield from _unknown_one(("items", n, "next", m, "item"), step.get("item"), items - {ALL_ITEMS})
            yield from _unknown_one(("items", n, "next", m, "window"), step.get("window"), windows)
        if row["remedy"] not in document["remedies"]:
            yield problem(("items", n, "remedy"), GateCode.REMEDY_MISSING, name=row["remedy"])


def laws_are_in_force(document: Document) -> Iterator[Problem]:
    """No cited law may be repealed, or not yet in force, on the day the catalogue takes effect (domain rule I15)."""
    laws = {each["id"]: each for each in document["laws"]}
    on = date.fromisoformat(document["effective_from"])
    for n, item in enumerate(document["items"]):
        for m, citation in enumerate(item["legal_basis"]):
            path = ("items", n, "legal_basis", m, "law")
            law = laws.get(citation["law"])
            if law is None:
                yield problem(path, GateCode.UNKNOWN_REFERENCE, name=citation["law"])
            elif "expires" in law and date.fromisoformat(law["expires"]) <= on:
                successor = laws.get(law.get("replaced_by"), {}).get("title", "")
                yield problem(path, GateCode.LAW_REPEALED, law=law["title"], on=law["expires"], successor=successor)
            elif "effective" in law and date.fromisoformat(law["effective"]) > on:
                yield problem(path, GateCode.LAW_NOT_YET_IN_FORCE, law=law["title"], on=law["effective"])


def dates_exist(document: Document) -> Iterator[Problem]:
    """A date that looks like one must be a day of the calendar."""
    yield from _date(("effective_from",), document["effective_from"])
    for n, law in enumerate(document["laws"]):
        for key in ("effective", "amended", "expires"):
            if key in law:
                yield from _date(("laws", n, key), law[key])


def _date(path: Path, value: str) -> Iterator[Problem]:
    try:
        date.fromisoformat(value)
    except ValueError:
        yield problem(path, GateCode.BAD_FORMAT, value=value)


def _unknown(path: Path, names: Iterable[str], known: set[str]) -> Iterator[Problem]:
    for n, name in enumerate(names):
        yield from _unknown_one((*path, n), name, known)


def _unknown_one(path: Path, name: str | None, known: set[str]) -> Iterator[Problem]:
    if name is not None and name not in known:
        yield problem(path, GateCode.UNKNOWN_REFERENCE, name=name)
