"""A morning at one window: what the clerk waits for, what the process weighs, how often the window stood still."""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from counter import Citizen, Desk
from figures import Figure, median, percentile
from finger import Finger
from hall import Hall
from hands import Display, Window, until
from journal import Journal

CITIZENS = 20
OFFLINE = 5
"""Of them, so many are served while the server is away."""
CARDS = ("P6", "P1", "P3", "P4", "P7", "P8")
OPEN_S = 3.0
"""From the open window to the first call: nobody calls sooner, and the window rehearses its pages meanwhile."""

SETTLE_S = 0.4
"""Nobody looks at the window while the paper is on its way: asking for its title costs the same two cores."""

KEY_MS = 60
"""Between two keys of a quick typist."""
_pause = threading.Event()


class Hand(Window):
    """A clerk's hand: no burst of keys that only a machine could press."""

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            super().press(key)
            _pause.wait(KEY_MS / 1000)

    def write(self, text: str) -> None:
        """Type free text."""
        self._xdotool("type", "--delay", str(KEY_MS), text)


@dataclass
class Morning:
    """What was measured."""

    printed_ms: list[float] = field(default_factory=list)
    receipt_bytes: int = 0
    pss_mb: float = 0.0
    stalls_ms: list[int] = field(default_factory=list)

    def figures(self) -> list[Figure]:
        """The gates that a served citizen can show."""
        n = len(self.printed_ms)
        return [
            Figure("F10 to the last byte at the printer, median", median(self.printed_ms), "ms", 150, f"{n} citizens"),
            Figure("F10 to the last byte at the printer, p95", percentile(self.printed_ms, 0.95), "ms"),
            Figure("memory of the counter (PSS)", self.pss_mb, "MB", 250, f"after {n} citizens"),
            Figure("stalls over 50 ms", len(self.stalls_ms), "", 2, f"{n} citizens, {OFFLINE} of them offline"),
            Figure("longest stall", max(self.stalls_ms, default=0), "ms", 200, "0: none over 50 ms"),
            Figure("ordinary acceptance receipt", self.receipt_bytes, "bytes", 2_600),
        ]


def serve(display: Display, data: Path) -> Morning:
    """Open a hall in ``data``, serve the citizens and close it."""
    opened, morning = time.time(), Morning()
    hall, finger = Hall(display, data), Finger(display.name)
    try:
        hall.ready()
        journal = Journal(data / "counter", opened)
        journal.first("counter.ready")
        window = Hand(display, "A03 窗口")
        window.find()
        window.move(0, 0, 1920, 1080)
        _pause.wait(OPEN_S)
        desk = Desk(hall, window)
        waiting = [hall.take_number("A") for _ in range(CITIZENS)]
        began = time.time()
        for n in range(CITIZENS - OFFLINE):
            _one(desk, Citizen(desk.call(), CARDS[n % len(CARDS)]), finger, morning)
        _offline(desk, waiting[-OFFLINE:], finger, morning)
        desk.call()
        morning.stalls_ms = journal.stalls_ms(began)
        morning.pss_mb = _pss_mb(hall.do("demo", do="state")["counter"])
    finally:
        finger.close()
        hall.close()
    return morning


def _offline(desk: Desk, numbers: list[str], finger: Finger, morning: Morning) -> None:
    """Serve by the number on the paper until the server is back."""
    desk.hall.do("demo", do="stop-server")
    desk.window.wait_title("离线", 15.0)
    for n, number in enumerate(numbers):
        desk.window.press("F2")
        desk.window.wait_title("等待叫号")
        citizen = Citizen(number, CARDS[n % len(CARDS)])
        desk.present(citizen)
        _one(desk, citizen, finger, morning)
    desk.hall.do("demo", do="start-server")
    until(lambda: "离线" not in desk.window.title, 90.0, "the link did not come back")


def _one(desk: Desk, citizen: Citizen, finger: Finger, morning: Morning) -> None:
    desk.lay(citizen)
    desk.item_and_situations()
    desk.materials()
    desk.form(citizen)
    pressed = finger.press("F10")
    _pause.wait(SETTLE_S)
    desk.window.wait_title(f"已办 {citizen.number} · 已出单", 10.0)
    received_ms = desk.hall.do("printer", do="state")["received_ms"]
    morning.printed_ms.append(received_ms - pressed * 1000)
    morning.receipt_bytes = desk.hall.do("printer", do="take")["papers"][0]["bytes"]
    desk.hall.lift_card()


def _pss_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
