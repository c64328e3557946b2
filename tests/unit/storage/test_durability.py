"""Threads are served one after the other, and a full disk is told without losing what was acknowledged."""

import threading
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.ports.store_fault import StoreFault, StoreFaultReason


def test_three_threads_write_without_a_gap_in_chain_or_series(file_kit: Any, clerk: Clerk) -> None:
    numbers = []

    def act(kind: Any) -> None:
        for _ in range(20):
            with file_kit.store.begin() as work:
                numbers.append(work.take_serial("case"))
                work.append(OperationDraft(kind, "case", "c", {}, clerk.at("A01")))

    threads = [threading.Thread(target=act, args=(kind,)) for kind in ("one", "two", "three")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert numbers == list(range(1, 61))
    assert [each.seq for each in file_kit.operations()] == list(range(1, 61))


def test_a_full_disk_is_told_and_what_was_kept_stays_readable(file_kit: Any, clerk: Clerk) -> None:
    draft = OperationDraft("case.accepted", "case", "c", {"text": "x" * 200_000}, clerk.at("A01"))
    with file_kit.database.write() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages + 60}"))
    with file_kit.store.begin() as work:
        work.append(draft)
    with pytest.raises(StoreFault) as caught, file_kit.store.begin() as work:
        work.append(draft)
    assert caught.value.reason is StoreFaultReason.DISK_FULL
    assert [each.seq for each in file_kit.operations()] == [1]
    with file_kit.database.write() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000000"))
    with file_kit.store.begin() as work:
        assert work.append(draft).seq == 2
