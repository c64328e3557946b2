"""Gate rules about grounds of refusal and waivers of fees: closed lists, each with a law in force (I15, I18, I19)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.domain.catalogue.item import LICENCE
from app.domain.catalogue.law import law_named
from app.domain.catalogue.problem import GateCode, Path, Problem, problem

Row = Mapping[str, Any]


def refusals_rest_on_law(document: Row) -> Iterator[Problem]:
    """Every published ground of refusal cites a law of the library that is in force when the catalogue takes effect.

    A licence has no grounds of its own: its list is that of the Licensing Law (art. 32).
    """
    laws = {each["id"]: each for each in document["laws"]}
    titles = {key: each["title"] for key, each in laws.items()}
    on = date.fromisoformat(document["effective_from"])
    for n, item in enumerate(document["items"]):
        grounds = item.get("refused_when", ())
        if grounds and item["type"] == LICENCE:
            yield problem(("items", n, "refused_when"), GateCode.LICENCE_GROUNDS, item=item["name"])
        for m, ground in enumerate(grounds):
            yield from _in_force(("items", n, "refused_when", m, "law"), ground["law"], laws, on)
        for m, waiver in enumerate(item.get("fee_waivers", ())):
            yield from _in_force(("items", n, "fee_waivers", m, "law"), waiver["law"], laws, on)
        for key in ("not_needed_when", "not_ours_when"):
            for m, exclusion in enumerate(item.get(key, ())):
                if "basis" not in exclusion:
                    continue
                path = ("items", n, key, m, "basis")
                cited = law_named(exclusion["basis"], titles)
                if cited is None:
                    yield problem(path, GateCode.BASIS_OUTSIDE_LIBRARY, basis=exclusion["basis"])
                else:
                    yield from _in_force(path, cited[0], laws, on)


def _in_force(path: Path, law_id: str, laws: Mapping[str, Row], on: date) -> Iterator[Problem]:
    law = laws.get(law_id)
    if law is None:
        yield problem(path, GateCode.UNKNOWN_REFERENCE, name=law_id)
    elif "expires" in law and date.fromisoformat(law["expires"]) <= on:
        successor = laws.get(law.get("replaced_by", ""), {}).get("title", "")
        yield problem(path, GateCode.LAW_REPEALED, law=law["title"], on=law["expires"], successor=successor)
    elif "effective" in law and date.fromisoformat(law["effective"]) > on:
        yield problem(path, GateCode.LAW_NOT_YET_IN_FORCE, law=law["title"], on=law["effective"])
