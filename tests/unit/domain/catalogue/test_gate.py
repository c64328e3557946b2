"""The publish gate: the demo catalogue passes, and each single change that breaks a rule is refused on its line."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.catalogue.gate import MAX_PROBLEMS, CatalogueRefusedError, build, check
from app.domain.catalogue.problem import GateCode, Path
from app.storage.messages import sentence
from sync.server.catalogue_yaml import read

# name: (what stands in the file, what it becomes, the code, a text on the line that is named)
# A trailing \n takes the whole line away; the line named is then that of what should hold it.
SPOILED = {
    "no basis": (r"    legal_basis:\n(      - .*\n){3}", "", GateCode.GUIDE_INCOMPLETE, "id: ITM-01"),
    "no steps": (r"    steps: .*\n", "", GateCode.GUIDE_INCOMPLETE, "id: ITM-01"),
    "no conditions": (r"    conditions: .*\n", "", GateCode.GUIDE_INCOMPLETE, "id: ITM-01"),
    "no statutory limit": (r"    statutory_limit: .*\n", "", GateCode.GUIDE_INCOMPLETE, "id: ITM-01"),
    "no promised limit": (r"    promised_limit: .*\n", "", GateCode.GUIDE_INCOMPLETE, "id: ITM-01"),
    "no fee standard": (r"    fee: .*\n", "", GateCode.GUIDE_INCOMPLETE, "id: ITM-01"),
    "no complaint phone": (r", complaint_tel: 0000-8000112", "", GateCode.GUIDE_INCOMPLETE, "id: D-SJ"),
    "no efficacy phone": (r"  efficacy_tel: .*\n", "", GateCode.GUIDE_INCOMPLETE, "center:"),
    "blank efficacy phone": (r"efficacy_tel: .*", 'efficacy_tel: ""', GateCode.GUIDE_INCOMPLETE, "efficacy_tel"),
    "empty steps": (r"    steps: .*", "    steps: []", GateCode.GUIDE_INCOMPLETE, "    steps: []"),
    "repealed law": (r"\{law: CJGT,", "{law: GTTL,", GateCode.LAW_REPEALED, "{law: GTTL,"),
    "law of tomorrow": (r"effective: 2022-11-01", "effective: 2027-11-01", GateCode.LAW_NOT_YET_IN_FORCE, "law: CJGT"),
    "unknown law": (r"\{law: CJGT,", "{law: NOSUCH,", GateCode.UNKNOWN_REFERENCE, "NOSUCH"),
    "promise over statute": (r"days: 8, unit: WD", "days: 11, unit: WD", GateCode.PROMISE_OVER_STATUTE, "days: 11"),
    "promise in other days": (r"days: 8, unit: WD", "days: 8, unit: CD", GateCode.LIMIT_UNITS_DIFFER, "8, unit: CD"),
    "promise over now": (
        r"promised_limit: \{days: 0, unit: NOW, certainty: V",
        "promised_limit: {days: 1, unit: WD, certainty: V",
        GateCode.PROMISE_OVER_STATUTE,
        "{days: 1, unit: WD, certainty: V",
    ),
    "now that takes days": (r"days: 0, unit: NOW", "days: 2, unit: NOW", GateCode.NOW_IS_ZERO, "days: 2, unit: NOW"),
    "unknown unit": (r"days: 8, unit: WD", "days: 8, unit: XX", GateCode.NOT_A_CHOICE, "unit: XX"),
    "days as text": (r"days: 8, unit: WD", 'days: "8", unit: WD', GateCode.WRONG_TYPE, 'days: "8"'),
    "unknown option": (r"agent == 委托", "agent == 代办", GateCode.UNKNOWN_OPTION, "agent == 代办"),
    "unknown situation": (r"when: vending == 是", "when: drone == 是", GateCode.UNKNOWN_SITUATION, "drone"),
    "no condition": (r"when: vending == 是", "when: 总是", GateCode.BAD_CONDITION, "when: 总是, source"),
    "conditional without when": (r", when: vending == 是", "", GateCode.CONDITION_MISSING, "自动设备的具体放置地点"),
    "unknown agent option": (r"by_agent: \[委托\]", "by_agent: [代办]", GateCode.UNKNOWN_OPTION, "by_agent: [代办]"),
    "unknown detail": (r"detail: \{自有:", "detail: {借用:", GateCode.UNKNOWN_OPTION, "借用"),
    "wrong check character": (r"MB0DEM103T\"", 'MB0DEM103U"', GateCode.BAD_USCC, "MB0DEM103U"),
    "short credit code": (r"MB0DEM103T\"", 'MB0DEM103"', GateCode.BAD_USCC, 'MB0DEM103"'),
    "short item code": (
        r"4990131001000", "499013100100",
        GateCode.CODE31_LENGTH, 'code31: "11990101MB0DEM102P499013100100"',
    ),
    "another organ's item code": (
        r"102P4990131001000", "103T4990131001000",
        GateCode.CODE31_OWNER, "103T4990131001000",
    ),
    "unknown department": (
        r"department: D-SJ\n    del", "department: D-XX\n    del",
        GateCode.UNKNOWN_REFERENCE, "D-XX",
    ),
    "unknown window of a business": (r"windows: \[A07\]\}", "windows: [A08]}", GateCode.UNKNOWN_REFERENCE, "[A08]"),
    "unknown item of a window": (r"items: \[ITM-03\]", "items: [ITM-99]", GateCode.UNKNOWN_REFERENCE, "ITM-99"),
    "letter I": (r"\{code: F,", "{code: I,", GateCode.BAD_FORMAT, "{code: I,"),
    "letter O": (r"\{code: F,", "{code: O,", GateCode.BAD_FORMAT, "{code: O,"),
    "letter Q": (r"\{code: F,", "{code: Q,", GateCode.BAD_FORMAT, "{code: Q,"),
    "letter twice": (r"\{code: F,", "{code: E,", GateCode.DUPLICATE, "name: 交通运输, items"),
    "item twice": (r"id: ITM-02", "id: ITM-01", GateCode.DUPLICATE, "SECOND id: ITM-01"),
    "material twice": (r"id: M2, name: 经营者", "id: M1, name: 经营者", GateCode.DUPLICATE, "经营者身份证明, form"),
    "situation twice": (r"key: pre_approval", "key: family", GateCode.DUPLICATE, "{key: family, ask: 组成"),
    "unknown remedy": (r"remedy: default", "remedy: none", GateCode.REMEDY_MISSING, "remedy: none"),
    "blank review organ": (r"review_org: 示范县人民政府", 'review_org: ""', GateCode.EMPTY, 'review_org: ""'),
    "no court": (r", court: 示范县人民法院", "", GateCode.KEY_MISSING, "  default: {review_org"),
    "group of nobody": (r"any_of_groups: \{G1", "any_of_groups: {G2", GateCode.BAD_GROUP, "M3a, name: 居住地"),
    "one of nothing": (r"one_of: G1, form: copy", "form: copy", GateCode.BAD_GROUP, "M3a, name: 机动车"),
    "two of a group": (r"\{G1: \{min: 1", "{G1: {min: 2", GateCode.OUT_OF_RANGE, "{G1: {min: 2"),
    "group with a gap": (
        r"when: ground == 连续就读",
        "when: ground == 合法稳定就业",
        GateCode.GROUP_LEAVES_GAP, "any_of_groups: {G1: {min: 1, basis: 居住证",
    ),
    "fee without rule": (r"fee: \{charge: false", "fee: {charge: true", GateCode.FEE_RULES, "fee: {charge: true"),
    "typed amount": (r"limit: 10分钟\}", "limit: 交20元}", GateCode.AMOUNT_OUTSIDE_FEE_RULE, "交20元"),
    "completed although promised": (
        r"delegated: accept", "delegated: complete",
        GateCode.COMPLETE_NOT_INSTANT, "SECOND delegated: complete",
    ),
    "unknown key of an item": (
        r"    served: 自然人\n", "    served: 自然人\n    colour: 红\n",
        GateCode.UNKNOWN_KEY, "colour",
    ),
    "unknown key of the document": (r"center:\n", "centre: x\ncenter:\n", GateCode.UNKNOWN_KEY, "centre: x"),
    "form without that field": (
        r"required: \[trade_name", "required: [shop_name",
        GateCode.FORM_FIELD_UNKNOWN, "[shop_name",
    ),
    "dangerous pattern": (
        r'pattern: "\^\[0-9\]\{6\}\$"', 'pattern: "^([0-9]+)+$"',
        GateCode.UNSAFE_PATTERN, "([0-9]+)+",
    ),
    "pattern without a word": (
        r", x-help: 邮政编码是 6 位数字", "",
        GateCode.HELP_MISSING, "postcode: {",
    ),
    "prefill of nothing": (r"applicant\.ethnicity", "applicant.salary", GateCode.UNKNOWN_PREFILL, "applicant.salary"),
    "prefill outside the choice": (
        r"enum: \[自有, 租用, ", "enum: [自有, ",
        GateCode.UNKNOWN_PREFILL, "premises_kind: {",
    ),
    "impossible length": (
        r"maxLength: 60, minLength: 2", "maxLength: 6, minLength: 20",
        GateCode.FORM_LENGTHS, "minLength: 20",
    ),
    "two fields in one place": (
        r"x-order: 2, maxLength: 50", "x-order: 1, maxLength: 50",
        GateCode.DUPLICATE, "operator_name: {",
    ),
    "no such day": (r"effective_from: .*", "effective_from: 2026-02-30", GateCode.BAD_FORMAT, "effective_from"),
    "long short name": (
        r"short: 个体户设立", "short: 个体工商户设立登记",
        GateCode.TOO_LONG, "short: 个体工商户设立登记",
    ),
    "device as staff role": (r"roles: \[guide\]", "roles: [kiosk]", GateCode.NOT_A_CHOICE, "[kiosk]"),
    "shared as text": (r"share: true", 'share: "yes"', GateCode.WRONG_TYPE, 'share: "yes"'),
    "control character": (r"name: 个体工商户设立登记", r'name: "个体\\u0007"', GateCode.BAD_FORMAT, "u0007"),
}  # fmt: skip

# What the sentence calls each part of the service guide that law wants shown.
NAMED = {
    "legal_basis": "设定依据",
    "steps": "办理程序",
    "conditions": "受理条件",
    "statutory_limit": "法定办结时限",
    "promised_limit": "承诺办结时限",
    "fee": "收费标准",
    "complaint_tel": "投诉电话",
    "efficacy_tel": "行政效能投诉中心电话",
}

# What one change breaks besides: the code of a department begins its items' codes, an id is also referred to.
ALSO = {
    "wrong check character": {GateCode.CODE31_OWNER},
    "short credit code": {GateCode.CODE31_OWNER},
    "unknown department": {GateCode.CODE31_OWNER},
    "one of nothing": {GateCode.GROUP_LEAVES_GAP},
    "item twice": {GateCode.UNKNOWN_REFERENCE},
    "situation twice": {GateCode.UNKNOWN_SITUATION},
}


def line_with(text: str, marker: str) -> int:
    """The line that holds the marker; ``SECOND`` asks for its second occurrence."""
    nth = 1 if marker.startswith("SECOND ") else 0
    found = [n for n, line in enumerate(text.splitlines(), 1) if marker.removeprefix("SECOND ") in line]
    return found[nth]


def test_the_demo_catalogue_may_be_published(demo_document: dict[str, Any]) -> None:
    assert check(demo_document, calendar_years={2026}) == []


@pytest.mark.parametrize("name", SPOILED)
def test_one_spoiled_line_is_refused_with_its_code_and_line(demo_bytes: bytes, name: str) -> None:
    what, becomes, code, marker = SPOILED[name]
    text = demo_bytes.decode()
    spoiled = re.sub(what, becomes, text, count=1)
    assert spoiled != text
    file = read(spoiled.encode())
    problems = check(file.document)
    assert (code, line_with(spoiled, marker)) in [(each.code, file.line_of(each.path)) for each in problems]
    assert all(sentence(each.code, **each.values) for each in problems)
    assert {each.code for each in problems} == {code} | ALSO.get(name, set())


@pytest.mark.parametrize("name", [name for name, each in SPOILED.items() if each[2] is GateCode.GUIDE_INCOMPLETE])
def test_an_incomplete_guide_names_the_missing_part(demo_bytes: bytes, name: str) -> None:
    what, becomes, *_ = SPOILED[name]
    found = check(read(re.sub(what, becomes, demo_bytes.decode(), count=1).encode()).document)
    assert [each.values["field"] for each in found] == [NAMED[str(each.path[-1])] for each in found]
    assert found[0].path[-1] in what


def test_a_repealed_law_offers_its_successor(demo_document: dict[str, Any]) -> None:
    demo_document["items"][0]["legal_basis"][0]["law"] = "GTTL"
    (found,) = check(demo_document)
    assert found.values == {"law": "个体工商户条例", "on": "2022-11-01", "successor": "促进个体工商户发展条例"}


def test_a_statute_without_a_limit_allows_any_promise(demo_document: dict[str, Any]) -> None:
    demo_document["items"][4]["promised_limit"] = {"days": 30, "unit": "WD"}
    assert demo_document["items"][4]["statutory_limit"]["days"] is None
    assert check(demo_document) == []


def test_an_amount_stands_in_a_fee_rule(demo_document: dict[str, Any]) -> None:
    rule = {"id": "F1", "name": "工本费", "fen": 2000, "per": "证", "basis": "省价格主管部门文件"}
    demo_document["items"][2]["fee"] |= {"charge": True, "rules": [rule]}
    assert build(demo_document).items["ITM-03"].fee.rules[0].fen == 2000


def test_a_year_without_announced_working_days_is_named(demo_document: dict[str, Any]) -> None:
    (found,) = check(demo_document, calendar_years={2025})
    assert (found.code, found.values) == (GateCode.CALENDAR_YEAR_MISSING, {"year": 2026})


def test_a_refused_document_is_not_built(demo_document: dict[str, Any]) -> None:
    del demo_document["items"][0]["fee"]
    with pytest.raises(CatalogueRefusedError) as refused:
        build(demo_document)
    assert [each.code for each in refused.value.problems] == [GateCode.GUIDE_INCOMPLETE]


def test_a_hopeless_document_gives_a_bounded_answer(demo_document: dict[str, Any]) -> None:
    demo_document["items"] = [{"x" * 1000: "y" * 1000}] * 400
    problems = check(demo_document)
    assert len(problems) == MAX_PROBLEMS
    assert all(len(str(value)) <= 60 for each in problems for value in each.values.values())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=10) | st.integers(), each, max_size=4),
    max_leaves=20,
)


@settings(deadline=None)
@given(JSON)
def test_no_document_crashes_the_gate(document: object) -> None:
    assert check(document)


def places(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in children:
        yield from places(each, (*path, key))


@pytest.fixture(scope="module")
def good(demo_bytes: bytes) -> tuple[dict[str, Any], list[Path]]:
    document = read(demo_bytes).document
    return document, sorted((each for each in places(document) if each), key=str)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_no_single_change_of_a_good_document_crashes_the_gate(
    good: tuple[dict[str, Any], list[Path]], data: st.DataObject
) -> None:
    document = deepcopy(good[0])
    path = data.draw(st.sampled_from(good[1]))
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = data.draw(JSON)
    if not check(document):
        build(document)
