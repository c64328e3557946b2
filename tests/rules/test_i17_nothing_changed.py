"""I17 不得擅自改变范围、程序、标准: what a changed client signs beyond the published item is not believed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from clock_desk import Desk
from published_hall import Clock
from sqlalchemy import text

from app.commands.checkup import machine
from app.commands.checkup.finding import Ill
from app.commands.settings import load_settings
from app.domain.case import Case
from app.domain.operation import OperationDraft, to_wire
from app.domain.serials import CaseNumber
from app.domain.work.ending import LeaveReason
from app.ports.store import Counter
from app.storage.keys import key_place, load_keys
from app.storage.opening import open_file
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore
from app.usecases.end_visit import leave
from app.usecases.open_day import open_day
from app.usecases.walk_in import walk_in
from sync.protocol.messages import Push

OFF_LIST = ("rejected", "not_as_published")


@pytest.fixture
def desk(desk_for: Any) -> Desk:
    """The road window A07, which accepts and does not complete."""
    found: Desk = desk_for("ITM-08")
    found.at("2026-11-23")
    return found


def own(case: Case) -> str:
    """The id of what the changed client makes up beside a case."""
    return f"own-{case.case_id}"[:60]


def changed(desk: Desk, case: Case, **changes: Any) -> Any:
    """A case as a changed client would sign it: a new one, under a number of its own."""
    number = str(replace(CaseNumber.parse(case.case_no), sequence=99))
    fresh = {"case_id": own(case), "case_no": number, "rating_token": case.rating_token[::-1], "query_code": "77777777"}
    return {**desk.payload(case), **fresh, **changes}


def pushed(desk: Desk, payload: Any, kind: str = "case.accepted") -> tuple[str, str | None]:
    """Sign it with the counter's own key and send it over HTTP; returns what became of it."""
    desk.sync()
    result = desk.say_of(kind, "case", payload["case_id"], payload)
    status, reason = result[-1]
    return status, reason


def test_i17_the_same_request_unchanged_is_applied(desk: Desk) -> None:
    """What follows is refused for what was changed in it, not for being sent by hand."""
    case = desk.take_in()
    assert pushed(desk, changed(desk, case)) == ("applied", None)


@pytest.mark.parametrize(
    "change",
    [
        lambda case: {"verdicts": {**case.verdicts, "M99": {"verdict": "ok", "reason": "", "check_failed": False}}},
        lambda case: {"verdicts": dict(list(case.verdicts.items())[1:])},
        lambda case: {"answers": dict(list(case.answers.items())[1:])},
        lambda case: {"answers": {**case.answers, "cargo": "什么都行"}},
        lambda case: {"form": {**case.form, "marriage": "已婚"}},
        lambda case: {"item_name": "道路货运（加急）"},
        lambda case: {"catalogue_version": 99},
        lambda case: {
            "verdicts": {**case.verdicts, "M1": {"verdict": "deferred", "reason": "", "check_failed": False}}
        },
    ],
    ids=[
        "material added",
        "material skipped",
        "question skipped",
        "answer made up",
        "field added",
        "item renamed",
        "version made up",
        "main material deferred",
    ],
)
def test_i17_a_changed_request_is_rejected_by_the_server(desk: Desk, change: Any) -> None:
    """I17: a modified client request adding a material or skipping a step is rejected by the server."""
    case = desk.take_in()
    payload = changed(desk, case, **change(case))
    assert pushed(desk, payload) == OFF_LIST
    desk.pull()
    with desk.kit.store.read() as view:
        assert view.case_heard(own(case)) is None, "what was rejected is nobody's case"
    assert pushed(desk, changed(desk, case)) == ("applied", None), "and it blocks nothing behind it"


def test_i17_no_window_skips_the_department(desk: Desk) -> None:
    """A window that may accept completes nothing, whatever its client says."""
    case = desk.take_in()
    assert pushed(desk, changed(desk, case, state="delivered"), "case.completed") == OFF_LIST


def test_i17_a_parked_request_is_a_task_at_its_counter(desk: Desk) -> None:
    """What the server did not take waits for a person: the counter counts it."""
    case = desk.take_in()
    desk.sync()
    payload = changed(desk, case, item_name="别的事项")
    with desk.kit.store.begin() as work:
        work.append(OperationDraft("case.accepted", "case", own(case), payload, desk.clerk.at(desk.clerk_window)))
    (operation,) = desk.kit.replica.pending(10)
    message = Push(desk.device, desk.kit.replica.incarnation(), operation.seq, [to_wire(operation)])
    result = desk.server.push(message)
    desk.kit.replica.acknowledge(result.acked_seq, {operation.seq: str(result.results[0].reason)})
    with desk.kit.store.read() as view:
        assert view.conflicts() == 1


def test_i17_one_altered_row_of_the_log_breaks_verification(tmp_path: Path, clerk: Any, published_tables: Any) -> None:
    """I17: altering one log row breaks verification: ``chuangkou doctor`` names the row."""
    (tmp_path / "counter.toml").write_text(
        'server = "http://127.0.0.1:1"\ntoken_file = "token"\nkey_store = "file"\n'
        '[printer]\nurl = "tcp://127.0.0.1:1"\n'
    )
    settings, clock = load_settings(tmp_path / "counter.toml"), Clock()
    keys = load_keys(key_place("file", tmp_path), clock, store_exists=False)
    database = open_file(tmp_path / "counter.db", keys.database, clock)
    store, replica = CounterStore(database, clock, Ed25519Signer(keys.device_seed)), CounterReplica(database, clock)
    replica.register(Counter("device-1", replica.incarnation(), "0003", "9901", "9901", "A01"), "server-1")
    replica.replace(published_tables, 0)
    open_day(store, clock, clerk)
    for _ in range(3):
        walk_in(store, clock, clerk)
        leave(store, clock, LeaveReason.UNSAID, clerk)
    assert "完好" in machine.database(settings, tmp_path)
    with database.write() as connection:
        row = connection.execute(text("SELECT seq, wire FROM operation WHERE seq = 3")).one()
        altered = row.wire.replace(clerk.number, "0302")
        assert altered != row.wire
        connection.execute(text("UPDATE operation SET wire = :wire WHERE seq = 3"), {"wire": altered})
    with pytest.raises(Ill) as ill:
        machine.database(settings, tmp_path)
    assert (ill.value.code, "第 3 条" in ill.value.message) == ("log_altered", True)
    database.close()
