"""The index behind the F7 box: found while open, for thirty days after, and again after a correction."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import inspect

from app.domain.case import Case, CaseState
from app.domain.case_search import tokens
from app.domain.clerk import Clerk
from app.storage import case_index, rows
from app.storage.engine import Database, memory_connection
from app.storage.migrations import upgrade
from app.storage.slip_files import load_templates
from app.storage.tables import CASE
from app.usecases.accept_case import accept_case
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.open_day import open_day

SINCE = "2026-10-24"


@pytest.fixture
def case(kit: Any, clerk: Clerk, queue: Any, ticket: Any, ready_card: Any) -> Case:
    open_day(kit.store, kit.clock, clerk)
    call_next(kit.store, kit.clock, queue(ticket("A012")), clerk)
    arrive(kit.store, kit.clock, clerk)
    return accept_case(kit.store, kit.clock, load_templates(), ready_card("ITM-02"), clerk).case


def found(kit: Any, typed: str) -> list[str]:
    with kit.store.read() as view:
        return [each.case_no for each in view.find_cases(tokens(typed), SINCE, 60)]


@pytest.mark.parametrize("typed", ["cmm spjy", "c 1123", "0015", "0001 s", "9901-0003-20261123", "00012", "1 s"])
def test_a_case_is_found_by_any_mix(kit: Any, case: Case, typed: str) -> None:
    assert found(kit, typed) == [case.case_no]


@pytest.mark.parametrize("typed", ["c 1124", "0016", "z 1123", "15400000001"])
def test_another_case_is_not(kit: Any, case: Case, typed: str) -> None:
    assert found(kit, typed) == []


def test_an_ended_case_stays_for_thirty_days(kit: Any, case: Case) -> None:
    for day, expected in (("2026-10-24", [case.case_no]), ("2026-10-23", [])):
        with kit.store.begin() as work:
            work.put_case(replace(case, state=CaseState.DELIVERED, business_date=day))
        assert found(kit, "cmm spjy") == expected


def test_a_corrected_name_is_found_and_the_old_one_is_not(kit: Any, case: Case) -> None:
    with kit.store.begin() as work:
        work.put_case(replace(case, applicant={**case.applicant, "name": "李某某"}))
    assert found(kit, "lmm spjy") == [case.case_no]
    assert found(kit, "cmm spjy") == []


def test_the_newest_come_first_and_no_more_than_asked_for(kit: Any, case: Case) -> None:
    with kit.store.begin() as work:
        for n in range(2, 6):
            no = f"{case.case_no[:-6]}{n:04}-{n}"
            work.put_case(replace(case, case_id=f"case-{n}", case_no=no, doc_no=f"{n}", visit_id=None))
    with kit.store.read() as view:
        seen = [each.case_id for each in view.find_cases(("spjy", "cmm"), SINCE, 3)]
    assert seen == ["case-5", "case-4", "case-3"]


def test_cases_of_before_are_findable_after_the_migration(kit: Any, case: Case) -> None:
    database = Database(memory_connection, shared=True)
    with database.write() as connection:
        upgrade(connection, "0004")
        then = {each["name"] for each in inspect(connection).get_columns(CASE.name)}
        row = {name: each for name, each in rows.case_row(case).items() if name in then}
        rows.put(connection, CASE, "case_id", row)
        upgrade(connection)
        assert [row["case_no"] for row in case_index.find(connection, ("cmm", "1123"), SINCE, 9)] == [case.case_no]
    database.close()
