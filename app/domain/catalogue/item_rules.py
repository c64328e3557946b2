"""Gate rules about one item: limits, conditions, groups, codes and money."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from app.domain.catalogue.center_rules import duplicates
from app.domain.catalogue.condition import Condition, ConditionError, parse
from app.domain.catalogue.item import CaseType
from app.domain.catalogue.material import Necessity
from app.domain.catalogue.organisation import Authority
from app.domain.catalogue.problem import GateCode, Path, Problem, problem
from app.domain.limit_unit import LimitUnit
from app.domain.uscc import LENGTH as USCC_LENGTH
from app.domain.uscc import is_valid

Row = Mapping[str, Any]
CODE31_LENGTH = 31
CODE31 = re.compile(r"[0-9A-Z]{18}[0-9][0-9]{12}")
AMOUNT = re.compile(r"[0-9０-９一二三四五六七八九十百千] ?万?(?:元|块钱)|[¥￥] ?[0-9]")
MAX_GROUP_KEYS = 3
"""With nine options each, 729 combinations are looked at; a published group looks at one question."""
PRINTED_BESIDE_FEE = ("conditions", "materials", "steps", "result", "next", "special_procedures")


def promise_within_statute(item: Row, path: Path) -> Iterator[Problem]:
    """A promised limit may not be longer than the statutory one (domain rule I06); units must be comparable."""
    statutory, promised = item["statutory_limit"], item["promised_limit"]
    for key, limit in (("statutory_limit", statutory), ("promised_limit", promised)):
        if limit["unit"] == LimitUnit.NOW and limit["days"] != 0:
            yield problem((*path, key, "days"), GateCode.NOW_IS_ZERO)
    if statutory["days"] is None or promised["unit"] == LimitUnit.NOW:
        return
    if statutory["unit"] not in {promised["unit"], LimitUnit.NOW}:
        yield problem(
            (*path, "promised_limit", "unit"),
            GateCode.LIMIT_UNITS_DIFFER,
            promised=promised["unit"],
            statutory=statutory["unit"],
        )
    elif promised["days"] > statutory["days"]:
        yield problem(
            (*path, "promised_limit", "days"),
            GateCode.PROMISE_OVER_STATUTE,
            promised=promised["days"],
            statutory=statutory["days"],
        )


def names_are_unique(item: Row, path: Path) -> Iterator[Problem]:
    """Materials, situations and options are named once."""
    yield from duplicates(((*path, "materials", n, "id"), each["id"]) for n, each in enumerate(item["materials"]))
    yield from duplicates(((*path, "situations", n, "key"), each["key"]) for n, each in enumerate(item["situations"]))
    for n, each in enumerate(item["situations"]):
        yield from duplicates(
            ((*path, "situations", n, "options", m), option) for m, option in enumerate(each["options"])
        )


def conditions_can_be_decided(item: Row, path: Path) -> Iterator[Problem]:
    """Every ``when`` of a program reads, and names only situations and options that are asked."""
    options = {each["key"]: each["options"] for each in item["situations"]}
    for key in ("materials", "not_needed_when", "not_ours_when"):
        for n, each in enumerate(item.get(key, ())):
            if "when" in each:
                yield from _condition(each["when"], (*path, key, n, "when"), options)
    for n, each in enumerate(item["situations"]):
        for m, option in enumerate(each.get("by_agent", ())):
            if option not in each["options"]:
                yield problem((*path, "situations", n, "by_agent", m), GateCode.UNKNOWN_OPTION, option=option)
    every = {option for each in options.values() for option in each}
    for n, each in enumerate(item["materials"]):
        for option in each.get("detail", {}):
            if option not in every:
                yield problem((*path, "materials", n, "detail", option), GateCode.UNKNOWN_OPTION, option=option)


def _condition(text: str, path: Path, options: Mapping[str, list[str]]) -> Iterator[Problem]:
    try:
        condition = parse(text)
    except ConditionError:
        yield problem(path, GateCode.BAD_CONDITION, text=text)
        return
    for test in condition.tests():
        if test.key not in options:
            yield problem(path, GateCode.UNKNOWN_SITUATION, key=test.key)
            continue
        for option in test.options:
            if option not in options[test.key]:
                yield problem(path, GateCode.UNKNOWN_OPTION, key=test.key, option=option)


def materials_are_consistent(item: Row, path: Path) -> Iterator[Problem]:
    """A conditional material says when; a one-of material names a declared group of at least two."""
    groups = item.get("any_of_groups", {})
    used = [each.get("one_of") for each in item["materials"]]
    for n, each in enumerate(item["materials"]):
        here = (*path, "materials", n)
        if each["necessity"] == Necessity.CONDITIONAL and "when" not in each:
            yield problem((*here, "when"), GateCode.CONDITION_MISSING, material=each["name"])
        grouped = each["necessity"] == Necessity.ONE_OF
        if grouped is not ("one_of" in each) or (grouped and each["one_of"] not in groups):
            yield problem((*here, "one_of"), GateCode.BAD_GROUP, group=each.get("one_of", ""))
        yield from duplicates(((*here, "defects", m, "what"), row["what"]) for m, row in enumerate(each["defects"]))
    for group in groups:
        if used.count(group) <= 1:
            yield problem((*path, "any_of_groups", group), GateCode.BAD_GROUP, group=group)


def groups_fit_every_answer(item: Row, path: Path) -> Iterator[Problem]:
    """Whatever the citizen answers, at least one line of a one-of group applies."""
    options = {each["key"]: each["options"] for each in item["situations"]}
    for group in item.get("any_of_groups", {}):
        conditions = [_parsed(each.get("when")) for each in item["materials"] if each.get("one_of") == group]
        whens = [each for each in conditions if each is not None]
        keys = sorted(frozenset().union(*(each.keys() for each in whens)) & options.keys())
        if len(whens) < len(conditions) or len(keys) > MAX_GROUP_KEYS:
            continue
        for answers in (dict(zip(keys, row, strict=True)) for row in product(*(options[key] for key in keys))):
            if whens and not any(each.holds(answers) for each in whens):
                told = " ".join(answers.values())
                yield problem((*path, "any_of_groups", group), GateCode.GROUP_LEAVES_GAP, group=group, answers=told)
                break


def _parsed(text: str | None) -> Condition | None:
    """Return the condition; what has none or cannot be read always applies here, its own rule speaks about it."""
    try:
        return parse(text) if text is not None else None
    except ConditionError:
        return None


def code_belongs_to_department(item: Row, path: Path, credit_codes: Mapping[str, str]) -> Iterator[Problem]:
    """The implementation code (domain rule L18) has 31 characters, its first 18 check, and a department owns them.

    18 of the credit code with its check character (GB 32100), 1 of the level, 12 of the base code.
    """
    code = item["code31"]
    if len(code) != CODE31_LENGTH:
        yield problem((*path, "code31"), GateCode.CODE31_LENGTH, value=code, actual=len(code))
        return
    if not CODE31.fullmatch(code):
        yield problem((*path, "code31"), GateCode.BAD_FORMAT, value=code)
        return
    if not is_valid(code[:USCC_LENGTH]):
        yield problem((*path, "code31"), GateCode.CODE31_CHECK, value=code)
        return
    owners = {credit_codes.get(item.get(key, "")) for key in ("department", "guide_department", "intake")}
    if item["code31"][:USCC_LENGTH] not in owners:
        yield problem((*path, "code31"), GateCode.CODE31_OWNER, value=item["code31"])


def money_stands_in_fee_rules(item: Row, path: Path) -> Iterator[Problem]:
    """An item that charges has rules, a free one none, and no other printed text names an amount."""
    fee = item["fee"]
    if fee["charge"] is not bool(fee.get("rules")):
        yield problem((*path, "fee"), GateCode.FEE_RULES)
    yield from duplicates(((*path, "fee", "rules", n, "id"), each["id"]) for n, each in enumerate(fee.get("rules", ())))
    waivers = item.get("fee_waivers", ())
    if waivers and not fee["charge"]:
        yield problem((*path, "fee_waivers"), GateCode.FEE_RULES)
    yield from duplicates(((*path, "fee_waivers", n, "id"), each["id"]) for n, each in enumerate(waivers))
    yield from _amounts(fee["basis"], (*path, "fee", "basis"))
    for key in PRINTED_BESIDE_FEE:
        yield from _amounts(item.get(key, ()), (*path, key))


def _amounts(value: Any, path: Path) -> Iterator[Problem]:
    if isinstance(value, str):
        if AMOUNT.search(value):
            yield problem(path, GateCode.AMOUNT_OUTSIDE_FEE_RULE, text=value)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key not in {"note", "evidence"}:
                yield from _amounts(each, (*path, key))
    elif isinstance(value, list | tuple):
        for n, each in enumerate(value):
            yield from _amounts(each, (*path, n))


def only_instant_cases_complete(item: Row, path: Path) -> Iterator[Problem]:
    """A window completes on the spot only what is an instant case (即办件)."""
    if item["delegated"] == Authority.COMPLETE and item["case_type"] != CaseType.INSTANT:
        yield problem((*path, "delegated"), GateCode.COMPLETE_NOT_INSTANT)
