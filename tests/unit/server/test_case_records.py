"""Whole cases go to who works on them, one by one accounted for, and to nobody else."""

from typing import Any

import pytest

from app.domain.rights import Role
from sync.protocol.case_messages import WantCases
from sync.protocol.interface import Refused
from sync.server.service import provision
from sync.server.service.caller import Caller
from sync.server.service.case_records import MOST_CASES, case_records
from sync.server.storage.clerks import Profile
from sync.server.storage.search_tables import case_access

REVIEWER = Caller("9901", frozenset({Role.REVIEWER}), clerk="0401")
CLERK = Caller("9901", frozenset({Role.CLERK}), clerk="0301")


@pytest.fixture
def taken_in(hall: Any) -> Any:
    counter = hall.counter("A01")
    pushed = counter.push(counter.accepted(form={"operator_name": "某某经营"}))
    assert pushed.results[0].status == "applied"
    return hall


def asked(hall: Any, caller: Caller, *case_ids: str) -> list[Any]:
    return case_records(hall.service.context, caller, "9901", WantCases(case_ids=list(case_ids))).records


def looks(hall: Any) -> list[tuple[str, str, str | None]]:
    with hall.storage.engine.connect() as connection:
        return [(row.clerk, row.act, row.case_id) for row in connection.execute(case_access.select())]


def test_the_reviewer_of_the_department_gets_all_of_it_and_the_look_is_kept(taken_in: Any) -> None:
    (record,) = asked(taken_in, REVIEWER, "case-1", "case-nobody-knows")
    assert (record["form"], record["state"], record["rev"]) == ({"operator_name": "某某经营"}, "accepted", 1)
    assert record["applicant"]["number"] == "990101199001010018"
    assert looks(taken_in) == [("0401", "hold", "case-1")]


@pytest.mark.parametrize(
    "profile",
    [
        Profile("0401", "蒋某", "D-ZR", ("reviewer",), (), ("ITM-02",)),
        Profile("0401", "蒋某", "D-SJ", ("reviewer",), (), ("ITM-01",)),
        Profile("0401", "蒋某", "D-SJ", ("clerk",), ("B01",), ("ITM-02",)),
    ],
    ids=["another department", "another item", "another window, not yet under review"],
)
def test_nobody_else_does(taken_in: Any, profile: Profile) -> None:
    provision.add_clerk(taken_in.storage, profile, "9901", password=None)
    caller = Caller("9901", frozenset(map(Role, profile.roles)), clerk="0401")
    assert asked(taken_in, caller, "case-1") == []
    assert looks(taken_in) == []


def test_the_window_that_took_it_in_has_it_back(taken_in: Any) -> None:
    assert [each["case_id"] for each in asked(taken_in, CLERK, "case-1")] == ["case-1"]


@pytest.mark.parametrize(
    ("caller", "case_ids", "code"),
    [
        (Caller("9901", frozenset({Role.COUNTER}), device="A01", window="A01"), ["case-1"], "forbidden"),
        (Caller("9901", frozenset({Role.SUPERVISOR}), clerk="0902"), ["case-1"], "forbidden"),
        (REVIEWER, [], "malformed"),
        (REVIEWER, [str(n) for n in range(MOST_CASES + 1)], "malformed"),
        (Caller("9902", frozenset({Role.REVIEWER}), clerk="0401"), ["case-1"], "unknown_hall"),
    ],
)
def test_who_may_not_is_told_so(taken_in: Any, caller: Caller, case_ids: list[str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        asked(taken_in, caller, *case_ids)
    assert refused.value.code == code
