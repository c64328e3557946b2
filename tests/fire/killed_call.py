"""The counter's window whose process is killed at its first call, before anybody hears of the number; then once more.

``python killed_call.py FOLDER URL TOKEN WINDOW CLERK MOMENT ...``: a life for every moment, each a fork with the real
window under offscreen on the store file in FOLDER and the hall's queue over HTTP. It presses F2. SIGKILL comes right
``after`` the call's commit returned, or ``before`` it, when the server has answered. What the display over the window
is told goes out as a line, and how each life ended.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "ui")]

from living_counter import Living  # noqa: E402 - test folders are no packages
from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from pytestqt.qt_compat import qt_api  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402
from workers import CLERK, HALL, Counter, say  # noqa: E402

from app.commands.system_clock import SystemClock  # noqa: E402
from app.domain.clerk import Clerk  # noqa: E402
from app.domain.visit import VisitState  # noqa: E402
from app.storage.parsed import Parsed  # noqa: E402
from app.storage.store import CounterStore  # noqa: E402
from sync.client.authority import HallAuthority  # noqa: E402


class KilledStore(CounterStore):
    """Its process dies at the commit that records a call."""

    moment = ""

    @contextmanager
    def begin(self) -> Iterator[Any]:
        with super().begin() as work:
            yield work
            visit = work.open_visit()
            called = visit is not None and visit.state is VisitState.CALLED
            if called and self.moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
        if called:
            os.kill(os.getpid(), signal.SIGKILL)


class HandLatch(SystemClock):
    """The real clock, with what ``Living`` moves for the latch of a key."""

    ms = 0


@dataclass
class Kit:
    """What ``Living`` knows of a counter on its file."""

    store: CounterStore
    clock: SystemClock


def clerk_at(window: str, clerk: str) -> Clerk:
    return replace(CLERK, number=clerk, windows=(window,))


def live(folder: Path, url: str, token: str, window: str, clerk: str) -> None:
    """Press F2 and wait for the end."""
    qt_api.set_qt_api("pyside6")  # type: ignore[no-untyped-call]
    application = QApplication([])
    counter = Counter(folder, url, token, Parsed())
    counter.store.__class__ = KilledStore
    authority = HallAuthority(counter.server, HALL)
    kit, by = Kit(counter.store, counter.clock), clerk_at(window, clerk)
    living = Living(QtBot(cast("Any", None)), HandLatch(), kit, by, authority=authority, number=window)
    living.presenter._parts = replace(living.parts, show_display=lambda showing: say(shown=showing.kind.value))
    living.presenter.look()
    QTest.keyClick(living.window, Qt.Key.Key_F2)
    living.until(lambda: living.state.visit is not None)
    say(alive=living.window._view.centre.hero.caption)
    application.quit()


def main(folder: Path, *told: str) -> None:
    """Begin a life for every moment, one after the other."""
    url, token, window, clerk, *moments = told
    for moment in moments:
        if (pid := os.fork()) == 0:
            KilledStore.moment = moment
            live(folder, url, token, window, clerk)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        say(ended=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
