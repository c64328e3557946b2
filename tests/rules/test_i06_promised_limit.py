"""I06: the promised and the statutory due day are counted once, by the calendar, and said alike everywhere."""

import argparse
import json
from typing import Any

import pytest
from clock_hall import HALL, day
from published_hall import changed, item

from app.commands import due
from app.usecases.acting import ActRefused
from app.usecases.start_limit import start

VECTORS = {
    ("2024-02-02", 5): "2024-02-08",
    ("2025-01-24", 5): "2025-02-07",
    ("2025-09-26", 3): "2025-09-30",
    ("2026-02-13", 3): "2026-02-25",
    ("2026-04-30", 20): "2026-06-01",
    ("2026-09-18", 5): "2026-09-24",
    ("2026-09-24", 10): "2026-10-15",
    ("2026-11-23", 5): "2026-11-30",
    ("2026-11-23", 20): "2026-12-21",
    ("2026-12-28", 5): None,
}
"""The clock vectors of the shared data; None where the answer has to be provisional."""


@pytest.mark.parametrize(("asked", "expected"), VECTORS.items())
def test_i06_every_clock_vector(
    asked: tuple[str, int], expected: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """All vectors in items.yaml clock_vectors pass."""
    parser = argparse.ArgumentParser()
    due.register(parser.add_subparsers())
    arguments = parser.parse_args(["due", "--from", asked[0], "--days", str(asked[1]), "--unit", "WD"])
    assert arguments.run(arguments) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["provisional"] is (expected is None)
    assert expected in {None, answer["due"]}


def test_i06_slip_screen_and_export_say_the_same_day(desk_for: Any) -> None:
    """Due date on slip = due date on screen = due date in the export."""
    desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    case = desk.take_in()
    desk.sync()
    row = desk.row(case.case_id)
    assert (row["promised_due"], row["statutory_due"]) == ("2026-11-30", "2026-12-21")
    slip = desk.slip(case.case_id)
    assert "最迟2026年11月30日" in slip
    assert "最迟2026年12月21日" in slip
    page = desk.hall.ask("POST", f"/q/{case.case_no}", data={"code": case.query_code}).text
    assert "2026-11-30" in page or "11月30日" in page
    assert (desk.case(case.case_id).promised_due, desk.case(case.case_id).statutory_due) == ("2026-11-30", "2026-12-21")
    export = desk.hall.ask("GET", f"/v1/halls/{HALL}/ledgers/acceptance.csv", "0902").text
    (line,) = [each for each in export.splitlines() if case.case_no in each]
    assert line.endswith("2026-11-30,2026-12-21,绿,5")


def test_i06_a_promise_longer_than_the_statute_is_not_published(desk_for: Any) -> None:
    """Promised > statutory is refused at publish."""
    hall = desk_for("ITM-08").hall
    answer = hall.submit(changed(lambda document: item(document, "ITM-08")["promised_limit"].update(days=21)))
    assert answer.status_code == 422
    assert "gate_promise_over_statute" in answer.text


def test_i06_a_limit_of_another_start_waits_for_its_event(desk_for: Any) -> None:
    """公示期满: until then 未起算 is said on paper and in the feed; then the clock runs from that day."""
    desk = desk_for("ITM-09")
    desk.at("2026-11-02")
    case = desk.take_in()
    assert case.statutory_due is None
    assert "自公示期满之日起10个工作日（未起算）" in desk.slip(case.case_id)
    with pytest.raises(ActRefused) as refused:
        start(desk.kit.store, desk.clock, case.case_id, day("2026-11-03"), evidence="公示7号", by=desk.reviewer)
    assert refused.value.reason == "clock_start_impossible"
    desk.at("2026-11-10")
    started = start(desk.kit.store, desk.clock, case.case_id, day("2026-11-09"), evidence="公示7号", by=desk.reviewer)
    desk.sync()
    assert desk.row(case.case_id)["statutory_due"] == started.statutory_due == "2026-11-23"
    again = {"case_no": case.case_no, "on": "2026-11-10", "evidence": "公示7号"}
    assert desk.say("case.limit_started", started, again) == [("rejected", "malformed_payload")]
