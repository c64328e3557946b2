"""Every parked operation has a way out; what two said of one case at once is merged or kept twice, never dropped."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case_merge import Overlap, check_fact, fields_of, marked, merged, record_of
from app.domain.conflict import RESOLVED, How, Matter, Reason, matter_of, ways_out
from sync.server.service.apply_ops import KINDS

Case = Mapping[str, object]

NAMES = frozenset({"form", "answers", "doc_no", "verdicts", "rev", "case_id"})
VALUES = st.sampled_from(["", "甲", "乙", None])
CHANGES = st.dictionaries(st.sampled_from(["form", "answers", "doc_no", "verdicts/M1", "verdicts/M2"]), VALUES)
BASE: Case = {"form": "甲", "answers": "", "doc_no": None, "verdicts/M1": "甲"}
FIRST, SECOND = "store-1", "store-2"


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("stands", [True, False])
def test_no_kind_is_stuck_for_any_reason(reason: Reason, *, stands: bool) -> None:
    for kind, _ in KINDS:
        ways = ways_out(kind, reason.value, stands=stands)
        assert ways[0] is How.TAKE
        assert How.MANAGER in ways
        assert len(ways) == len(set(ways)) <= 9


def test_a_reason_or_kind_of_a_newer_server_has_ways_out_too() -> None:
    assert ways_out("case.imagined", "reason_of_tomorrow", stands=True) == (How.TAKE, How.REDO, How.MANAGER)
    assert ways_out("", "", stands=False) == (How.TAKE, How.MANAGER)


def test_only_a_case_that_stands_is_done_anew() -> None:
    assert matter_of("case.corrected") is Matter.CASE
    assert How.REDO in ways_out("case.corrected", "stale_rev", stands=True)
    assert How.REDO not in ways_out("case.accepted", "not_as_published", stands=False)
    assert How.REDO not in ways_out("case.accepted", "duplicate_number", stands=True)
    assert matter_of(RESOLVED) is Matter.FACT


def after(base: Case, changes: Case) -> dict[str, object]:
    return {**base, **changes}


@given(CHANGES, CHANGES)
def test_what_two_say_at_once_is_merged_or_refused_and_nothing_is_dropped(one: Case, two: Case) -> None:
    said = {FIRST: after(BASE, one), SECOND: after(BASE, two)}
    ends: list[Any] = []
    for first, second in ((FIRST, SECOND), (SECOND, FIRST)):
        marks = marked({}, BASE, said[first], 2, first)
        try:
            ends.append(merged(said[first], said[second], marks, 1, second))
        except Overlap as overlap:
            ends.append(overlap.fields)
    changed = [{name for name in each if each.get(name) != BASE.get(name)} for each in (one, two)]
    both = {name for name in changed[0] & changed[1] if one.get(name) != two.get(name)}
    if both:
        assert ends == [both, both]
        return
    ends = [{name: value for name, value in each.items() if value is not None} for each in ends]
    assert ends[0] == ends[1]
    for mine in (one, two):
        for name in mine:
            if mine.get(name) != BASE.get(name):
                assert ends[0].get(name) == mine.get(name)


def test_a_field_that_was_changed_twice_is_not_guessed() -> None:
    marks = marked({}, BASE, after(BASE, {"form": "乙"}), 2, FIRST)
    marks = marked(marks, after(BASE, {"form": "乙"}), after(BASE, {"form": "丙"}), 3, FIRST)
    with pytest.raises(Overlap) as overlap:
        merged(after(BASE, {"form": "丙"}), BASE, marks, 1, SECOND)
    assert overlap.value.fields == {"form"}
    assert merged(after(BASE, {"form": "丙"}), after(BASE, {"form": "乙"}), marks, 2, SECOND)["form"] == "丙"


def test_what_a_chain_said_itself_is_nothing_new_to_it() -> None:
    marks = marked({}, BASE, after(BASE, {"form": "乙"}), 2, FIRST)
    assert merged(after(BASE, {"form": "乙"}), after(BASE, {"form": "丙"}), marks, 1, FIRST)["form"] == "丙"


def test_a_fact_passes_unless_what_it_rests_on_changed() -> None:
    marks = marked({}, BASE, after(BASE, {"verdicts/M1": "乙"}), 2, FIRST)
    check_fact("case.fee_taken", marks, 1, SECOND)
    check_fact("case.granted", marks, 2, SECOND)
    for kind in ("case.granted", "case.deferred_completed", "case.of_tomorrow"):
        with pytest.raises(Overlap):
            check_fact(kind, marks, 1, SECOND)


def test_two_events_on_one_clock_do_not_merge() -> None:
    marks = marked({}, {"clock": None}, {"clock": {"extended": {"days": 5}}}, 4, FIRST)
    for kind in ("case.suspended", "case.resumed", "case.extended", "case.limit_started"):
        with pytest.raises(Overlap):
            check_fact(kind, marks, 3, SECOND)


def test_a_checklist_counts_material_by_material() -> None:
    record = {"form": {"a": 1}, "rev": 7, "case_id": "c", "verdicts": {"M1": {"verdict": "ok"}, "M2": None}}
    fields = fields_of(record, NAMES)
    assert fields == {
        "form": {"a": 1},
        "answers": None,
        "doc_no": None,
        "verdicts/M1": {"verdict": "ok"},
        "verdicts/M2": None,
    }
    assert record_of(fields)["verdicts"] == {"M1": {"verdict": "ok"}}
