"""The ledgers from a manager's desk over HTTP, against the real server in a process of its own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from live_hall import HALL, Listener, Server, settings

from app.commands.floor_opening import FloorOpening
from app.commands.floor_settings import floor_settings
from app.commands.system_clock import SystemClock
from app.domain.business_day import business_date
from app.storage.export_folder import DiskFolder
from sync.client.ledgers import HttpLedgers, LedgerAnswer, LedgerQuestion, What, answer


@pytest.fixture
def desk(server: Server, tmp_path: Path) -> Iterator[tuple[Any, Listener]]:
    """A manager's desk whose settings name a folder for tables."""
    settings(server, tmp_path)
    with (tmp_path / "counter.toml").open("a", encoding="utf-8") as file:
        file.write('[export]\nfolder = "tables"\n')
    found = floor_settings(tmp_path / "counter.toml")
    assert found is not None
    opening, listener = FloorOpening(tmp_path, server.url, SystemClock(), found, found.exports), Listener()
    parts = opening.open(listener)  # type: ignore[arg-type]  # the signals of a bridge without Qt
    parts.listen()
    yield parts, listener
    opening.close()


def answered(desk: tuple[Any, Listener], question: LedgerQuestion) -> LedgerAnswer:
    parts, listener = desk
    parts.ledgers(question)
    told = listener.ledgers.told
    with listener.ledgers.moved:
        assert listener.ledgers.moved.wait_for(lambda: bool(told) and told[-1].question == question, 20)
    last: LedgerAnswer = told[-1]
    return last


def test_figures_rows_and_files_come_over_http(server: Server, desk: Any, tmp_path: Path) -> None:
    server.ask(f"{HALL}/tickets", "kiosk", {"business": "A", "priority": None})
    today = business_date(SystemClock().now_ms()).isoformat()
    asked = LedgerQuestion(What.FIGURES, today, today)
    figures = answered(desk, asked).figures
    assert figures is not None
    issued = next(each.count for each in figures.figures if each.ledger == "tickets")
    assert issued > 0

    rows = replace(asked, what=What.ROWS, subject="tickets", kind="waiting", title="正在等候")
    page = answered(desk, rows).page
    assert page is not None
    assert 0 < page.count <= issued

    kept = answered(desk, replace(rows, what=What.EXPORT, form="csv"))
    assert kept.place == str(tmp_path / "tables" / f"正在等候-{today}.csv")
    assert Path(kept.place).read_bytes().startswith(b"\xef\xbb\xbf")
    assert answered(desk, replace(rows, subject="none")).trouble == "unknown_ledger"


def test_without_a_server_the_answer_is_that_there_is_none(tmp_path: Path) -> None:
    source = HttpLedgers("http://127.0.0.1:9", "token", SystemClock(), "9901")
    question = LedgerQuestion(What.EXPORT, "2026-11-23", "2026-11-23", "receipt", form="csv")
    assert answer(source, DiskFolder(tmp_path / "tables"), question).trouble == "ledger_offline"
    assert not (tmp_path / "tables").exists(), "nothing came, nothing is kept"
    source.close()


def test_a_supervisor_signs_in_at_the_managers_desk_to_the_ledgers_alone(server: Server, tmp_path: Path) -> None:
    opening, listener = (
        FloorOpening(tmp_path, server.url, SystemClock(), settings(server, tmp_path, "0902")),
        Listener(),
    )
    parts = opening.open(listener)  # type: ignore[arg-type]  # as above
    parts.listen()
    try:
        assert parts.only_ledgers
        assert answered((parts, listener), LedgerQuestion(What.FIGURES, "2026-11-23", "2026-11-23")).figures is not None
        assert listener.news.told == [], "nothing of the hall is asked for"
    finally:
        opening.close()
