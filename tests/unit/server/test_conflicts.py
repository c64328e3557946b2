"""Two who change one case at once: disjoint fields merge, the same field keeps both; what waits is resolved once."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.case_merge import TOUCHED
from app.domain.operation import operation_hash
from app.domain.rights import Role
from app.domain.supervision import ClosedAs
from sync.protocol.case_messages import WantCases
from sync.server.service.apply_ops import KINDS
from sync.server.service.caller import Caller
from sync.server.service.case_records import case_records
from sync.server.storage import cards
from sync.server.storage.conflict_tables import conflict

HALL = "9901"
OK, LATER = {"verdict": "ok", "reason": ""}, {"verdict": "deferred", "reason": "later"}
TAKEN = {"verdicts": {"M1": LATER, "M2": OK}, "deferred": {"M1": "2026-12-01"}, "form": {"name": "甲"}}
ALL = Caller(HALL, frozenset({Role.CLERK}), clerk="0301")


def reasons(result: Any) -> list[str | None]:
    return [each.reason for each in result.results]


def corrected(counter: Any, base_rev: int = 1, **changes: Any) -> Any:
    payload = counter.case_payload(**{**TAKEN, "rev": base_rev + 1, **changes})
    payload["correction"] = {"reason": "typing", "slip": "SL-05", "nth": 1}
    return counter.operation("case.corrected", "case", "case-1", payload, base_rev=base_rev)


def voided(counter: Any, base_rev: int = 1, **changes: Any) -> Any:
    payload = counter.case_payload(**{**TAKEN, "rev": base_rev + 1, "state": "voided", **changes})
    payload["voiding"] = {"reason": "wrong_item", "before": "accepted", "clerk": "0301"}
    return counter.operation("case.voided", "case", "case-1", payload, base_rev=base_rev)


def fact(counter: Any, kind: str, case_no: str, base_rev: int = 1, **more: Any) -> Any:
    return counter.operation(kind, "case", "case-1", {"case_no": case_no, **more}, base_rev=base_rev)


def completed(counter: Any, case_no: str, base_rev: int = 1) -> Any:
    return fact(counter, "case.deferred_completed", case_no, base_rev, materials=["M1"])


def begun(counter: Any, case_no: str, base_rev: int = 1) -> Any:
    step = {"step": "review", "clerk": "0401", "window": "A02", "at_ms": 1}
    return fact(counter, "case.review_begun", case_no, base_rev, steps=[step])


def resolved(counter: Any, parked: Any, how: str, reason: str) -> Any:
    payload = {"op": parked.op_id, "seq": parked.seq, "how": how, "reason": reason}
    return counter.operation("conflict.resolved", "conflict", parked.op_id, payload)


class Two:
    """A window and a reviewer's desk that both hold revision 1 of one case."""

    def __init__(self, hall: Any) -> None:
        self.hall = hall
        self.window = hall.counter("A01")
        self.desk = hall.counter("A02", clerk="0401", incarnation="store-2")
        taken = self.window.accepted(**TAKEN)
        self.case_no = taken.payload["case_no"]
        assert reasons(self.window.push(taken)) == [None]

    def record(self) -> dict[str, Any]:
        (record,) = case_records(self.hall.service.context, ALL, HALL, WantCases(case_ids=["case-1"])).records
        return record

    def waiting(self) -> list[tuple[str, str]]:
        with self.hall.storage.engine.connect() as connection:
            rows = connection.execute(conflict.select().where(conflict.c.resolved_ms.is_(None)))
            return [(row.kind, row.reason) for row in rows]

    def cards(self) -> list[Any]:
        with self.hall.storage.engine.connect() as connection:
            return cards.standing(connection, HALL, 0)


@pytest.fixture
def two(hall: Any) -> Two:
    return Two(hall)


def test_disjoint_fields_merge_and_a_received_material_stays_received(two: Two) -> None:
    assert reasons(two.desk.push(completed(two.desk, two.case_no))) == [None]
    assert reasons(two.window.push(corrected(two.window, form={"name": "乙"}))) == [None]
    record = two.record()
    assert (record["rev"], record["form"], record["deferred"]) == (3, {"name": "乙"}, None)
    assert record["verdicts"]["M1"]["verdict"] == "ok"


def test_the_same_material_keeps_both(two: Two) -> None:
    defective = {"verdicts": {"M1": {"verdict": "defective", "reason": "blurred"}, "M2": OK}}
    assert reasons(two.desk.push(completed(two.desk, two.case_no))) == [None]
    assert reasons(two.window.push(corrected(two.window, **defective))) == ["stale_rev"]
    assert two.record()["verdicts"]["M1"]["verdict"] == "ok"
    assert two.waiting() == [("case.corrected", "stale_rev")]


def test_the_same_value_said_twice_is_no_conflict(two: Two) -> None:
    same = {"verdicts": {"M1": OK, "M2": OK}, "deferred": None}
    assert reasons(two.desk.push(completed(two.desk, two.case_no))) == [None]
    assert reasons(two.window.push(corrected(two.window, **same))) == [None]
    assert two.waiting() == []


def test_what_the_state_no_longer_allows_waits_for_a_person(two: Two) -> None:
    assert reasons(two.desk.push(begun(two.desk, two.case_no))) == [None]
    assert reasons(two.window.push(voided(two.window))) == ["illegal_transition"]
    assert two.record()["state"] == "reviewing"


def test_a_fact_that_rests_on_nothing_that_changed_is_taken_on_an_older_revision(two: Two) -> None:
    assert reasons(two.window.push(corrected(two.window, form={"name": "乙"}))) == [None]
    assert reasons(two.desk.push(begun(two.desk, two.case_no))) == [None]
    assert (two.record()["state"], two.record()["form"], two.record()["rev"]) == ("reviewing", {"name": "乙"}, 3)


def test_voiding_from_an_older_page_drops_nothing_else(two: Two) -> None:
    assert reasons(two.desk.push(completed(two.desk, two.case_no))) == [None]
    assert reasons(two.window.push(voided(two.window))) == [None]
    assert (two.record()["state"], two.record()["verdicts"]["M1"]) == ("voided", OK)


def test_a_chain_that_was_parked_or_merged_goes_on_from_what_it_had_seen(two: Two) -> None:
    blurred = {"verdicts": {"M1": {"verdict": "defective", "reason": "blurred"}, "M2": OK}}
    assert reasons(two.desk.push(completed(two.desk, two.case_no))) == [None]
    first, second = corrected(two.window, 1, **blurred), corrected(two.window, 2, **blurred)
    # The second counts from the first, which the server does not have: the equal number is another revision.
    assert reasons(two.window.push(first)) == ["stale_rev"]
    assert reasons(two.window.push(second)) == ["stale_rev"]
    assert two.record()["verdicts"]["M1"] == OK
    mended = corrected(two.window, 3, form={"name": "丙"}, **{**blurred, "verdicts": TAKEN["verdicts"]})
    assert reasons(two.window.push(mended)) == [None]
    again = corrected(two.window, 4, form={"name": "丁"}, verdicts=TAKEN["verdicts"])
    assert reasons(two.window.push(again)) == [None]
    assert (two.record()["form"], two.record()["verdicts"]["M1"]) == ({"name": "丁"}, OK)


def test_a_revision_the_server_never_had_is_stale(two: Two) -> None:
    assert reasons(two.desk.push(begun(two.desk, two.case_no, 7))) == ["stale_rev"]
    nowhere = two.window.operation("case.review_begun", "case", "case-1", {"case_no": two.case_no, "steps": []})
    assert two.window.push(nowhere).results[0].status in {"conflict", "rejected"}


def parked(two: Two) -> Any:
    assert reasons(two.desk.push(begun(two.desk, two.case_no))) == [None]
    operation = voided(two.window)
    assert reasons(two.window.push(operation)) == ["illegal_transition"]
    return operation


@pytest.mark.parametrize("how", ["take", "redo"])
def test_resolving_is_on_record_and_takes_the_card_down(two: Two, how: str) -> None:
    operation = parked(two)
    (card,) = two.cards()
    assert card.closed_ms is None
    said = resolved(two.window, operation, how, "illegal_transition")
    assert reasons(two.window.push(said)) == [None]
    (card,) = two.cards()
    assert (card.closed_as, card.closed_by, two.waiting()) == (ClosedAs.HANDLED, "0301", [])


def test_handed_to_the_floor_manager_its_card_goes_on_hanging(two: Two) -> None:
    operation = parked(two)
    assert reasons(two.window.push(resolved(two.window, operation, "manager", "illegal_transition"))) == [None]
    (card,) = two.cards()
    assert (card.closed_ms, two.waiting()) == (None, [])


def test_the_answer_that_was_lost_is_given_again_and_makes_nothing_twice(two: Two) -> None:
    operation = parked(two)
    again = two.window.push(operation)
    assert [(each.status, each.reason) for each in again.results] == [("conflict", "illegal_transition")]
    assert (len(two.cards()), len(two.waiting())) == (1, 1)
    first = resolved(two.window, operation, "take", "illegal_transition")
    second = resolved(two.window, operation, "manager", "illegal_transition")
    assert reasons(two.window.push(first, second)) == [None, None]
    with two.hall.storage.engine.connect() as connection:
        assert [row.how for row in connection.execute(conflict.select())] == ["take"]


def test_what_was_parked_before_there_were_rows_is_resolved_out_of_the_log(two: Two) -> None:
    operation = parked(two)
    with two.hall.storage.engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            connection.execute(conflict.delete())
    assert reasons(two.window.push(resolved(two.window, operation, "take", "illegal_transition"))) == [None]
    with two.hall.storage.engine.connect() as connection:
        assert [(row.kind, row.how) for row in connection.execute(conflict.select())] == [("case.voided", "take")]


def test_what_was_applied_after_all_is_resolved_without_effect(two: Two) -> None:
    operation = corrected(two.window, form={"name": "乙"})
    said = resolved(two.window, operation, "take", "stale_rev")
    assert reasons(two.window.push(operation, said)) == [None, None]
    assert reasons(two.window.push(resolved(two.window, operation, "take", "stale_rev"))) == [None]


def test_a_counter_resolves_its_own_chain_alone(two: Two) -> None:
    operation = parked(two)
    stranger = resolved(two.desk, operation, "take", "illegal_transition")
    nothing = two.window.operation(
        "conflict.resolved", "conflict", "x", {"op": "x", "seq": 99, "how": "take", "reason": ""}
    )
    wrong = two.window.operation(
        "conflict.resolved", "conflict", "x", {"op": "x", "seq": operation.seq, "how": "burn", "reason": ""}
    )
    assert reasons(two.desk.push(stranger)) == ["malformed_payload"]
    assert reasons(two.window.push(nothing, wrong)) == ["malformed_payload"] * 2
    assert ("case.voided", "illegal_transition") in two.waiting()


def test_signed_anew_it_resolves_what_the_life_before_told(two: Two) -> None:
    operation = parked(two)
    lost = resolved(two.window, operation, "take", "illegal_transition")
    now = two.hall.counter("A01", incarnation="store-3")
    was = {"incarnation": lost.incarnation, "seq": lost.seq, "hash": operation_hash(lost)}
    anew = now.operation(lost.kind, lost.entity, lost.entity_id, lost.payload, extra={"former": was})
    assert reasons(now.push(anew)) == [None]
    (card,) = two.cards()
    assert (card.closed_as, two.waiting()) == (ClosedAs.HANDLED, [])


def test_signed_anew_for_what_the_server_never_had_it_changes_nothing(two: Two) -> None:
    two.window.seq += 1
    lost = resolved(two.window, voided(two.window), "take", "illegal_transition")
    now = two.hall.counter("A01", incarnation="store-3")
    was = {"incarnation": lost.incarnation, "seq": lost.seq, "hash": operation_hash(lost)}
    anew = now.operation(lost.kind, lost.entity, lost.entity_id, lost.payload, extra={"former": was})
    assert reasons(now.push(anew)) == [None]
    assert (two.cards(), two.waiting()) == ([], [])


def test_the_facts_that_merge_are_kinds_the_server_knows() -> None:
    assert TOUCHED.keys() <= {kind for kind, _ in KINDS}


WINDOW_SAYS = st.one_of(
    st.builds(
        lambda name, verdict: ("corrected", {"form": {"name": name}, "verdicts": {"M1": verdict, "M2": OK}}),
        st.sampled_from(["甲", "乙"]),
        st.sampled_from([LATER, OK, {"verdict": "defective", "reason": "blurred"}]),
    ),
    st.just(("voided", {})),
)
DESK_SAYS = st.sampled_from([completed, begun])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at_window=WINDOW_SAYS, at_desk=DESK_SAYS)
def test_whatever_two_say_in_either_order_nothing_is_gone(
    store: Any, hall_on: Any, at_window: tuple[str, dict[str, Any]], at_desk: Any
) -> None:
    ends = []
    for first in ("window", "desk"):
        store.hold(furnished=True)
        two = Two(hall_on(store.storage))
        act, changes = at_window
        mine = (corrected if act == "corrected" else voided)(two.window, **changes)
        theirs = at_desk(two.desk, two.case_no)
        pushes = [(two.window, mine), (two.desk, theirs)]
        told = {}
        for counter, operation in pushes if first == "window" else reversed(pushes):
            (told[operation.kind],) = reasons(counter.push(operation))
        record = two.record()
        _nothing_is_gone(two, told, record, mine, theirs)
        ends.append((told, {name: value for name, value in record.items() if name != "rev"}))
    if not any(reason for told, _ in ends for reason in told.values()):
        assert ends[0] == ends[1]


def _nothing_is_gone(two: Two, told: dict[str, Any], record: dict[str, Any], mine: Any, theirs: Any) -> None:
    assert sorted(two.waiting()) == sorted((kind, reason) for kind, reason in told.items() if reason)
    assert len(two.cards()) == len(two.waiting())
    assert set(told.values()) <= {None, "stale_rev", "illegal_transition"}
    if told[theirs.kind] is None and theirs.kind == "case.deferred_completed":
        assert record["verdicts"]["M1"]["verdict"] == "ok" or told[mine.kind] is None
    if told[theirs.kind] is None and theirs.kind == "case.review_begun":
        assert record["steps"]
    if told[mine.kind] is None and mine.kind == "case.corrected":
        assert record["form"] == mine.payload["form"]
    if told[mine.kind] is None and mine.kind == "case.voided":
        assert record["state"] == "voided"
