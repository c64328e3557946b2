"""A window killed between its call and the announcement: the next start has the call, and nobody is called twice."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "integration"), str(HERE.parent / "ui")]

import http_server  # noqa: E402 - test folders are no packages
from killed_call import HandLatch, Kit, clerk_at  # noqa: E402
from living_counter import living  # noqa: E402
from observer import HALL, server_rows  # noqa: E402
from PySide6.QtCore import Qt  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402
from workers import Counter  # noqa: E402

from app.domain.visit import VisitState  # noqa: E402
from app.storage.parsed import Parsed  # noqa: E402
from sync.client.authority import HallAuthority  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
WINDOW, CLERK, BUSINESS = "C01", "0322", "G"
"""Nobody else of this suite is called there."""


def killed(server: http_server.Server, folder: Path, *moments: str) -> list[dict[str, Any]]:
    """Let a window die at its call, once for each moment; returns what it had told the outside, and how it ended."""
    token = server.credentials["tokens"][WINDOW]
    command = [sys.executable, str(HERE / "killed_call.py"), str(folder), server.url, token, WINDOW, CLERK, *moments]
    root = str(HERE.parents[1])
    environment = {**os.environ, "PYTHONPATH": root, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.PIPE, timeout=120)
    return [json.loads(line) for line in done.stdout.splitlines()]


def at_the_server(server: http_server.Server) -> tuple[list[str], list[str]]:
    """The numbers that are called to the window, and the operations that came from it."""
    with server_rows(server.data) as rows:
        called = rows('SELECT number FROM ticket WHERE "window" = :window', window=WINDOW)
        told = rows("SELECT kind, status FROM operation WHERE device = :window ORDER BY seq", window=WINDOW)
    assert {status for _, status in told} <= {"applied"}
    return [number for (number,) in called], [kind for kind, _ in told if kind.startswith("ticket")]


def test_a_call_survives_the_kill_before_it_was_announced_and_no_other_number_is_called(
    server: http_server.Server, tmp_path: Path, qtbot: QtBot
) -> None:
    assert {server.issue(BUSINESS).status for _ in range(2)} == {201}
    counter = Counter(tmp_path, server.url, server.credentials["tokens"][WINDOW], Parsed())
    counter.sync()
    counter.close()

    assert killed(server, tmp_path, "before", "after") == [{"shown": "idle"}, {"ended": -signal.SIGKILL}] * 2
    [number], _ = at_the_server(server)
    counter = Counter(tmp_path, server.url, server.credentials["tokens"][WINDOW], Parsed())
    with counter.store.read() as view:
        visit = view.open_visit()
    assert visit is not None
    assert (visit.number, visit.state, visit.recalls) == (number, VisitState.CALLED, 0)
    kit, authority = Kit(counter.store, counter.clock), HallAuthority(counter.server, HALL)
    clerk = clerk_at(WINDOW, CLERK)
    with living(qtbot, HandLatch(), kit, clerk, authority=authority, number=WINDOW) as window:
        window.until(lambda: window.state.visit is not None)
        assert "再叫一遍" in window.window._view.centre.hero.caption
        window.press(Qt.Key.Key_F3)
        assert f"正在请 {number}" in window.window._view.centre.hero.caption
    counter.sync()
    assert at_the_server(server) == ([number], ["ticket.called", "ticket.recalled"])
    counter.close()
