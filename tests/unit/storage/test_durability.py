"""Threads are served one after the other, and a full disk is told without losing what was acknowledged."""

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.engine import file_connection
from app.storage.store_files import open_checked


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


@pytest.mark.parametrize("page", [1, 2])
def test_a_page_that_goes_bad_under_an_open_store_is_damage_and_no_wrong_key(
    file_kit: Any, tmp_path: Path, page: int
) -> None:
    met: list[bool] = []
    file_kit.database.on_damage = lambda: met.append(True)
    beside = file_connection(tmp_path / "counter.db", bytes(32))()
    assert beside.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    beside.close()
    content = bytearray((tmp_path / "counter.db").read_bytes())
    content[page * 4096 - 1000] ^= 1
    with (tmp_path / "counter.db").open("r+b") as file:
        file.write(content)
    with pytest.raises(StoreFault) as caught:
        file_kit.database.verify()
    assert caught.value.reason is StoreFaultReason.DAMAGED
    assert met or page > 1, "a page that only verify met is told by verify"


def test_a_store_in_another_programs_hands_keeps_its_log(
    file_kit: Any, tmp_path: Path, manual_clock: Any, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.storage.engine.BUSY_MS", 20)
    log = tmp_path / "counter.db-wal"
    with file_kit.store.begin() as work:
        before = log.stat().st_ino
        with pytest.raises(StoreFault) as caught:
            open_checked(tmp_path / "counter.db", bytes(32), manual_clock)
        work.append(OperationDraft("case.accepted", "case", "c", {}, clerk.at("A01")))
    assert caught.value.reason is StoreFaultReason.BUSY
    assert log.stat().st_ino == before
    assert [each.seq for each in file_kit.operations()] == [1]
