"""The themes (一件事) of a catalogue document: stages one after the other, each led by a department (I53, I58)."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.catalogue.problem import GateCode, Problem, problem
from app.domain.catalogue.shape import Record, Rows, Text, Whole

MOST_STAGE_DAYS = 45
"""Working days of one joint procedure (Administrative Licensing Law art. 42(2)); longer ones need a stage more."""

_STAGE = Record(
    {
        "n": Whole(1, 9),
        "name": Text(8),
        "lead": Text(10, pattern=r"D-[A-Z0-9]{1,8}"),
        "office": Text(6),
        "limit": Whole(1, 1000),
    },
    {"gate": Text(100)},
)
THEMES = Rows(
    Record(
        {
            "id": Text(10, pattern=r"THM-[0-9]{1,4}"),
            "name": Text(100),
            "days": Whole(1, 1000),
            "stages": Rows(_STAGE, 9, least=1),
        },
        {"source": Text(500)},
    ),
    20,
)
"""``themes`` of the document, which may be left out; ``office`` is the lead's name on the tracking card."""


def themes_are_lawful(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Stages have known leads, make up the whole limit, and none is longer than one joint procedure may be."""
    departments = {each["id"] for each in document["departments"]}
    seen: set[str] = set()
    for n, theme in enumerate(document.get("themes", ())):
        if theme["id"] in seen:
            yield problem(("themes", n, "id"), GateCode.DUPLICATE, name=theme["id"])
        seen.add(theme["id"])
        total = sum(each["limit"] for each in theme["stages"])
        if total != theme["days"]:
            yield problem(("themes", n, "days"), GateCode.STAGES_DIFFER, days=theme["days"], total=total)
        for m, stage in enumerate(theme["stages"]):
            place = ("themes", n, "stages", m)
            if stage["n"] != m + 1:
                yield problem((*place, "n"), GateCode.OUT_OF_RANGE, least=m + 1, most=m + 1)
            if stage["lead"] not in departments:
                yield problem((*place, "lead"), GateCode.UNKNOWN_REFERENCE, name=stage["lead"])
            if stage["limit"] > MOST_STAGE_DAYS:
                yield problem((*place, "limit"), GateCode.STAGE_TOO_LONG, days=stage["limit"], most=MOST_STAGE_DAYS)
