"""The counter's store keeps what it promised: whole acts, unbroken chains, numbers without gaps."""

import time
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from app.domain.clerk import Clerk
from app.domain.operation import GENESIS, OperationDraft, operation_hash
from app.ports.spool import JobState, PrintJob
from app.ports.store import NotRegistered
from app.storage.tables import CASE, SIGN_IN


@pytest.fixture
def draft(clerk: Clerk) -> Any:
    return OperationDraft("day.opened", "window", "A01", {"business_date": "2026-11-23"}, clerk.at("A01"))


def test_operations_form_one_chain(kit: Any, draft: Any) -> None:
    with kit.store.begin() as work:
        first, second = work.append(draft), work.append(draft)
    assert (first.seq, first.prev_hash) == (1, GENESIS)
    assert (second.seq, second.prev_hash) == (2, operation_hash(first))
    assert kit.operations() == [first, second]


def test_a_counter_without_a_registration_records_nothing(bare_kit: Any, draft: Any) -> None:
    with pytest.raises(NotRegistered), bare_kit.store.begin() as work:
        work.append(draft)
    assert bare_kit.replica.outbox() == (1, 0)


def test_an_act_that_fails_leaves_neither_operation_nor_number(kit: Any, draft: Any) -> None:
    def fail() -> None:
        with kit.store.begin() as work:
            work.append(draft)
            assert work.take_serial("case/20261123") == 1
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        fail()
    with kit.store.begin() as work:
        assert work.take_serial("case/20261123") == 1
        assert work.append(draft).seq == 1


def test_each_series_counts_for_itself(kit: Any) -> None:
    with kit.store.begin() as work:
        assert [work.take_serial("a"), work.take_serial("a"), work.take_serial("b")] == [1, 2, 1]


def test_the_business_day_never_goes_back(kit: Any) -> None:
    with kit.store.begin() as work:
        work.open_day(date(2026, 11, 24))
    with pytest.raises(ValueError, match="never goes back"), kit.store.begin() as work:
        work.open_day(date(2026, 11, 23))
    with kit.store.read() as view:
        assert view.business_date() == date(2026, 11, 24)


def test_a_view_does_not_see_what_is_committed_after_it_began(file_kit: Any, draft: Any) -> None:
    with file_kit.store.read() as view:
        assert view.outbox_length() == 0
        with file_kit.store.begin() as work:
            work.append(draft)
        assert view.outbox_length() == 0
    with file_kit.store.read() as view:
        assert view.outbox_length() == 1


def test_every_commit_reaches_the_disk_and_foreign_schemas_are_not_trusted(file_kit: Any) -> None:
    with file_kit.database.read() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}


def test_the_catalogue_is_parsed_once_an_edition(kit: Any) -> None:
    with kit.store.read() as view:
        first = view.catalogue()
    with kit.store.read() as view:
        assert view.catalogue() is first


def test_the_list_of_open_cases_is_instant_among_ten_thousand(file_kit: Any) -> None:
    row = {
        **dict.fromkeys((column.name for column in CASE.columns), ""),
        "catalogue_version": 1,
        "rev": 1,
        "counter": "0003",
        "accepted_ms": 0,
        "provisional": False,
        "state": "accepted",
        "applicant": {},
        "agent": None,
        "answers": {},
        "verdicts": {},
        "form": {},
        "doc_no": None,
    }
    rows = [
        {
            **row,
            "case_id": str(n),
            "case_no": str(n),
            "promised_due": f"2026-12-{n % 28 + 1:02}",
            "urgency": f"2026-12-{n % 28 + 1:02}" if n % 2 else None,
        }
        for n in range(10_000)
    ]
    with file_kit.database.write() as connection:
        connection.execute(insert(CASE), rows)
    begun = time.thread_time()
    with file_kit.store.read() as view:
        found = view.open_cases(50)
    assert time.thread_time() - begun < 0.05
    assert len(found) == 50
    assert found[0].promised_due == "2026-12-02"
    with file_kit.database.read() as connection:
        plan = connection.execute(
            text("EXPLAIN QUERY PLAN SELECT * FROM case_record WHERE urgency IS NOT NULL ORDER BY urgency, case_id")
        ).all()
    assert "USING INDEX case_urgency" in str(plan)


def test_an_error_of_the_database_names_nobody(kit: Any) -> None:
    with pytest.raises(IntegrityError) as caught, kit.store.begin() as work:
        work._connection.execute(insert(SIGN_IN).values(number="0301", name="王某某"))
    assert "王某某" not in str(caught.value)


def test_the_paper_in_doubt_is_the_oldest_one_whoever_it_was_for(kit: Any) -> None:
    with kit.store.begin() as work:
        assert work.paper_in_doubt() is None
        for job_id, state in (("a", JobState.PRINTED), ("b", JobState.UNKNOWN), ("c", JobState.UNKNOWN)):
            work.queue_print(PrintJob(job_id, "SL-05", {}, 0, state, 0, case_id=f"case-{job_id}"))
    with kit.store.read() as view:
        assert view.paper_in_doubt().job_id == "b"
