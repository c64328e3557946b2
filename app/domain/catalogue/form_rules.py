"""Gate rules about an intake form: its fields can be filled, checked and prefilled without surprises."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from app.domain.catalogue.center_rules import duplicates
from app.domain.catalogue.problem import GateCode, Path, Problem, problem
from app.domain.person import Person

ORGANISATION_FIELDS = frozenset({"name", "uscc"})
PERSON_FIELDS = frozenset(each.name for each in fields(Person))
MAX_VARIABLE_REPEATS = 3

# A pattern is code from outside: no groups, no escapes, no unbounded repeats, so that matching stays cheap.
_SAFE = re.compile(r"(?:\[\^?[^\[\]\\^]+\]|[^\[\](){}*+?.\\|^$]|\{[0-9]{1,2}(?:,[0-9]{1,2})?\}|\?)+")
_VARIABLE = re.compile(r"\{[0-9]+,[0-9]+\}|\?")


def form_is_sound(item: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """Required fields exist, orders differ, lengths fit, patterns are safe and fit nothing impossible."""
    properties = item["form"]["properties"]
    here = (*path, "form", "properties")
    for n, name in enumerate(item["form"]["required"]):
        if name not in properties:
            yield problem((*path, "form", "required", n), GateCode.FORM_FIELD_UNKNOWN, field=name)
    yield from duplicates(((*here, name, "x-order"), str(each["x-order"])) for name, each in properties.items())
    situations = {each["key"]: each["options"] for each in item["situations"]}
    for name, each in properties.items():
        yield from _field(each, (*here, name), situations)


def _field(field: Mapping[str, Any], path: Path, situations: Mapping[str, list[str]]) -> Iterator[Problem]:
    longest = max((len(each) for each in (*field.get("enum", ()), field.get("default", ""))), default=0)
    if field.get("minLength", 0) > field["maxLength"] or longest > field["maxLength"]:
        yield problem((*path, "maxLength"), GateCode.FORM_LENGTHS, limit=field["maxLength"])
    if "pattern" in field and not is_safe_pattern(field["pattern"]):
        yield problem((*path, "pattern"), GateCode.UNSAFE_PATTERN, pattern=field["pattern"])
    if ("pattern" in field or "x-check" in field) and "x-help" not in field:
        yield problem((*path, "x-help"), GateCode.HELP_MISSING)
    if "enum" in field and field.get("default", field["enum"][0]) not in field["enum"]:
        yield problem((*path, "default"), GateCode.NOT_A_CHOICE, value=field["default"])
    if "x-prefill" in field:
        yield from _prefill(field, (*path, "x-prefill"), situations)


def _prefill(field: Mapping[str, Any], path: Path, situations: Mapping[str, list[str]]) -> Iterator[Problem]:
    source, _, name = field["x-prefill"].partition(".")
    known = {"situation": situations, "organisation": ORGANISATION_FIELDS}.get(source, PERSON_FIELDS)
    offered = situations.get(name, []) if source == "situation" else []
    if name not in known or not set(offered) <= set(field.get("enum", offered)):
        yield problem(path, GateCode.UNKNOWN_PREFILL, value=field["x-prefill"])


def is_safe_pattern(pattern: str) -> bool:
    """Say whether a pattern is whole-value (``^…$``, alternatives with ``|``), bounded and compiles."""
    for alternative in pattern.split("|"):
        body = alternative.removeprefix("^").removesuffix("$")
        anchored = alternative == f"^{body}$"
        if not anchored or not _SAFE.fullmatch(body) or len(_VARIABLE.findall(body)) > MAX_VARIABLE_REPEATS:
            return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
