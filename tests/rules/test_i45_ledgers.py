"""I45 工作台账: a generated month, and the same sums in the window, in both files and in SQL of the test's own."""

import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from ledger_proof import KIND, MONTH, OWN_SQL, Proof, amount_of, body, own, shown
from ledger_window import Key, opened
from litestar.testing import TestClient
from month_of_cases import LAST, Month, sql
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from sync.server.http.application import application
from sync.server.http.hints import Hints
from sync.server.service.ledgers.definitions import LEDGERS
from sync.server.service.ledgers.keep import keep_missing


@pytest.fixture(scope="module")
def proof(month: Month) -> Iterator[Proof]:
    with TestClient(application(month.service, Hints())) as client:
        yield Proof(month, client)


def test_i45_the_sums_of_window_files_and_own_sql_are_equal(proof: Proof, qapp: QApplication) -> None:
    """Every number on the dashboard drills to rows; sums equal across ledger, dashboard and export."""
    month = proof.month
    assert month.refused == []
    figures = proof.figures()
    assert set(figures) == set(LEDGERS) == set(OWN_SQL)
    with opened(month.service, month.clock, month.tokens["manager"]) as window:
        window.press(Key.Key_F11, Key.Key_Right, Key.Key_Right, Key.Key_Right)
        said = {name: shown(window.line(ledger.title)) for name, ledger in LEDGERS.items()}
    for name in LEDGERS:
        mine = own(month, name)
        assert (figures[name]["count"], figures[name]["amount"] or 0) == (mine[0], mine[1] or 0), name
        assert said[name] == (figures[name]["count"], figures[name]["amount"]), name
        for form in ("csv", "xlsx"):
            heads, rows, totals = body(proof.table(name, form))
            assert len(rows) == mine[0], (name, form)
            assert totals[0] == f"合计 {mine[0]} 行", (name, form)
            assert (amount_of(heads, rows) or 0) == (mine[1] or 0), (name, form)
            assert (amount_of(heads, [totals]) or 0) == (mine[1] or 0), (name, form)
    nothing = ("upward", "fee")
    assert all(own(month, name)[0] for name in LEDGERS if name not in nothing), "a month has something of every kind"


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"window": "A01"}, "s.window = 'A01'"),
        ({"item": "ITM-05"}, "json_extract(s.payload, '$.item_id') = 'ITM-05'"),
        ({"department": "D-MZ"}, "json_extract(s.payload, '$.department') = 'D-MZ'"),
        ({"last": "2026-11-16"}, "s.wall_ms < 1794844800000"),
        ({"first": "2026-11-16", "last": "2026-11-16"}, "s.wall_ms / 1000 BETWEEN 1794758400 AND 1794844799"),
    ],
)
def test_i45_a_filter_is_the_same_in_figures_rows_and_file(proof: Proof, query: Any, where: str) -> None:
    for name in ("acceptance", "supplement", "negative", "agency"):
        count = sql(proof.month, f"{OWN_SQL[name]} AND {where}")[0][0]
        asked = MONTH | query
        page = proof.ask(f"/{name}", **asked).json()
        assert proof.figures(**query)[name]["count"] == page["count"] == count, name
        assert len(body(proof.table(name, "csv", **query))[1]) == count
    assert proof.figures(**query)["acceptance"]["count"] < proof.figures()["acceptance"]["count"]


def pages(proof: Proof, limit: int) -> Iterator[dict[str, Any]]:
    """Leaf through the month's acceptances."""
    after = ""
    while after is not None:
        page = proof.ask("/acceptance", **MONTH, limit=limit, **({"after": after} if after else {})).json()
        yield page
        after = page["after"]


def test_i45_due_day_light_and_days_left_are_the_same_everywhere(proof: Proof) -> None:
    """Due day, light and working days left of an acceptance: page, CSV, XLSX and the test's own count agree."""
    heads, rows, _ = body(proof.table("acceptance", "csv"))
    at = [heads.index(each) for each in ("编号", "承诺到期日", "法定到期日", "期限灯", "剩余工作日")]

    def picked(table: list[list[Any]]) -> list[tuple[str, ...]]:
        """Return the five columns as text; a file leaves the empty cells at the end of a row out."""
        return [tuple("" if n >= len(row) or row[n] is None else str(row[n]) for n in at) for row in table]

    said = picked(rows)
    shown_rows = [each["cells"] for page in pages(proof, limit=500) for each in page["rows"]]
    assert picked(body(proof.table("acceptance", "xlsx"))[1]) == picked(shown_rows) == said
    running = sql(
        proof.month,
        "SELECT case_no, accepted_on, promised_due, coalesce(statutory_due, ''), clock FROM srv.service_case"
        " WHERE state IN ('accepted', 'reviewing') AND promised_due IS NOT NULL",
    )
    own = {number: (due, law, *counted(day, due)) for number, day, due, law, clock in running if not stopped(clock)}
    shown = {number: (due, law, light, int(left)) for number, due, law, light, left in said if number in own}
    assert shown == {number: own[number] for number in shown}
    assert "红" in {light for _, _, light, _ in shown.values()}
    assert len({light for _, _, light, _ in shown.values()}) > 1
    assert any(not light for _, _, _, light, _ in said), "what is done has no light"


def counted(day: str, due: str) -> tuple[str, int]:
    """Count the weekdays on 2026-11-30 by hand: that November and December have no holiday."""
    start, today, last = date.fromisoformat(day), LAST, date.fromisoformat(due)
    left = weekdays(today, last) if today <= last else -weekdays(last, today)
    whole = weekdays(start, last)
    if today > last:
        return "红", left
    low = left <= 1 or left * 100 <= whole * 20
    return ("黄" if low else "蓝" if left * 100 <= whole * 50 else "绿"), left


def weekdays(after: date, last: date) -> int:
    return sum((after + timedelta(days=n)).weekday() < 5 for n in range(1, (last - after).days + 1))


def stopped(clock: str | None) -> bool:
    return bool(clock and json.loads(clock).get("suspensions"))


def test_i45_pages_hold_every_row_once(proof: Proof) -> None:
    every = list(pages(proof, limit=7))
    rows = [(each["cells"][0], each["case_id"], each["cells"][1]) for page in every for each in page["rows"]]
    assert len(rows) == len(set(rows)) == every[-1]["count"]
    assert rows == sorted(rows, key=lambda row: row[0])


def test_i45_a_negative_row_shows_the_exact_text_that_was_told(proof: Proof) -> None:
    page = proof.ask("/negative", **MONTH, kind="case.refused").json()
    heads = [each["head"] for each in page["columns"]]
    told = {row["cells"][heads.index("告知内容")] for row in page["rows"]}
    assert told == {"不属于本机关职权；不予受理；请到示范县公安局办理"}
    assert page["count"] == sql(proof.month, KIND.format(kinds="'case.refused'"))[0][0]
    denied = proof.ask("/negative", **MONTH, kind="case.denied").json()["rows"]
    assert {row["cells"][heads.index("告知内容")] for row in denied} == {"场所条件；现场没有防尘设施"}
    assert {row["cells"][heads.index("申请人")][0] for row in denied} <= set("陈欧=@王+"), (
        "the case says who, not the fact"
    )


def test_i45_who_takes_a_ledger_away_is_kept_and_stands_in_the_file(proof: Proof) -> None:
    before = sql(proof.month, "SELECT count(*) FROM srv.case_access WHERE act = 'export' AND clerk = '0902'")[0][0]
    header = dict(row[:2] for row in proof.table("acceptance", "xlsx")[:9])
    assert header["大厅"] == "9901 示范县政务服务中心"
    assert header["时段"] == "2026-11-02 至 2026-11-30"
    assert header["制表人"] == "0902 朱某"
    assert header["事项目录版本"] == "1"
    assert header["制表时间"].startswith("2026-11-30 18:")
    after = sql(proof.month, "SELECT count(*), max(hits) FROM srv.case_access WHERE act = 'export' AND clerk = '0902'")[
        0
    ]
    assert (after[0], after[1]) == (before + 1, max(after[1], own(proof.month, "acceptance")[0]))


def test_i45_persons_are_masked_but_for_two_persons_with_a_reason(proof: Proof) -> None:
    whole = ("990101199003070015", "欧阳某")
    masked = proof.ask("/acceptance.csv", **MONTH).text + proof.ask("/acceptance", **MONTH).text
    assert not any(each in masked for each in whole)
    second = {"headers": {"Second-Authorization": f"Bearer {proof.month.tokens['manager']}"}}
    named = proof.ask("/acceptance.csv", **MONTH, reason="上级审计", **second)
    assert all(each in named.text for each in whole)
    assert "第二人：0901 杨某" in named.text
    alone = {"headers": {"Second-Authorization": f"Bearer {proof.month.tokens['supervisor']}"}}
    for query in ({"reason": "上级审计"}, {**second}, {"reason": "上级审计", **alone}):
        refused = proof.ask("/acceptance.csv", **MONTH, **query)
        assert (refused.status_code, refused.json()["error"]) == (422, "export_needs_second")
    manager = proof.ask("/acceptance.csv", who="manager", **MONTH, reason="上级审计", **alone)
    assert manager.json()["error"] == "forbidden"


def test_i45_roles_see_what_is_theirs(proof: Proof) -> None:
    page = proof.ask("/acceptance", who="administrator", **MONTH).json()
    heads = [each["head"] for each in page["columns"]]
    assert {row["cells"][heads.index("申请人")] for row in page["rows"]} == {"（无权查看）"}
    assert {row["case_id"] for row in page["rows"]} == {None}
    assert page["count"] == own(proof.month, "acceptance")[0]
    assert proof.ask("/acceptance", who="device").json()["error"] == "forbidden", (
        "a device is nobody who answers for it"
    )
    bad = proof.ask("/bad_rating", **MONTH).text
    assert not any(f"token-{n:016}" in bad for n in range(50)), "who rated is nowhere"


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("/none", {}, "unknown_ledger"),
        ("/acceptance", {"first": "2026-13-01"}, "ledger_range"),
        ("/acceptance", {"first": "2026-11-30", "last": "2026-11-02"}, "ledger_range"),
        ("/acceptance", {"first": "2020-01-01", "last": "2026-11-02"}, "ledger_range"),
        ("/acceptance", {"kind": "case.eaten"}, "malformed"),
        ("/acceptance", {"after": "no cursor"}, "malformed"),
        ("/acceptance", {"limit": 100000}, "malformed"),
        ("/none.csv", {}, "unknown_ledger"),
    ],
)
def test_i45_bad_questions_are_refused_with_their_sentence(proof: Proof, path: str, query: Any, code: str) -> None:
    refused = proof.ask(path, **query)
    assert refused.json()["error"] == code
    assert refused.json()["message"]


def test_i45_no_cell_runs_as_a_formula(proof: Proof) -> None:
    second = {"headers": {"Second-Authorization": f"Bearer {proof.month.tokens['manager']}"}}
    heads, rows, _ = body(proof.table("acceptance", "csv", reason="审计", **second))
    names = {row[heads.index("申请人")] for row in rows}
    assert "'=HYPERLINK(1)" in names
    content = proof.ask("/acceptance.xlsx", **MONTH, reason="审计", **second).content
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


def test_i45_operations_of_before_are_kept_when_the_server_starts(month: Month) -> None:
    kept = "ledger, entry_id, kind, at_ms, window, clerk, department, item_id, number, case_id, amount"

    def rows(of: str) -> list[tuple[Any, ...]]:
        return sql(month, f"SELECT {kept} FROM srv.{of} WHERE kind != 'ticket.overtime' ORDER BY ledger, entry_id")

    def run(*statements: str) -> None:
        month.storage.write(lambda connection: [connection.exec_driver_sql(each) for each in statements])

    run("CREATE TABLE saved AS SELECT * FROM ledger_entry", "DELETE FROM ledger_entry WHERE device != 'server'")
    try:
        assert keep_missing(month.service.context) > 0
        assert rows("ledger_entry") == rows("saved")
        assert keep_missing(month.service.context) == 0
    finally:
        run("DELETE FROM ledger_entry", "INSERT INTO ledger_entry SELECT * FROM saved", "DROP TABLE saved")
