"""Two real counters, one cut off, serve the same paper: when the cable is back that is a task, and is resolved."""

from pathlib import Path
from typing import Any

from test_counter_against_server import HALL, Desk, Hall, hall

from app.domain.conflict import How
from app.domain.link import Link
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.resolve_conflict import resolve_conflict
from ui.screens.counter.conflict_tasks import read_conflicts

__all__ = ["hall"]


def opened(hall: Hall, data: Path, window: str, clerk: str) -> tuple[Desk, Any]:
    data.mkdir()
    desk = Desk(hall, data, window)
    desk.sync()
    by = desk.sign_in(hall, clerk)
    open_day(desk.store, desk.clock, by)
    return desk, by


def test_one_paper_at_two_windows_is_a_task_once(hall: Hall, tmp_path: Path) -> None:
    cut_off, clerk = opened(hall, tmp_path / "a01", "A01", "0301")
    online, other = opened(hall, tmp_path / "a03", "A03", "0302")
    number = hall.issue("A")
    present_ticket(cut_off.store, cut_off.clock, number, clerk)
    present_ticket(online.store, online.clock, number, other)
    assert online.sync().link is Link.SYNCED
    status = cut_off.sync()
    assert (status.link, status.pending, status.conflicts) == (Link.ATTENTION, 0, 1)
    with cut_off.store.read() as view:
        (task,) = read_conflicts(view)
    assert (task.parked.operation.kind, task.parked.reason) == ("ticket.presented", "taken_elsewhere")
    assert task.ticket is not None
    assert (task.ticket.window, task.ways) == ("A03", (How.TAKE, How.MANAGER))
    resolve_conflict(cut_off.store, task.seq, How.TAKE, clerk)
    assert cut_off.sync().link is Link.SYNCED
    assert online.sync().conflicts == 0
    theirs = cut_off.server.digest(HALL)
    expected = {name: (each.count, each.hash) for name, each in theirs.tables.items()}
    assert [each.replica.digest(theirs.since, theirs.kept_from) for each in (cut_off, online)] == [
        (theirs.cursor, expected)
    ] * 2
    for each in (cut_off, online):
        each.close()
