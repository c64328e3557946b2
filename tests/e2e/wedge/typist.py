"""Drives the window with one field by real key events of an X display: a hand that types, a scanner that bursts."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "tour"))

from hands import ROOT, Display, Window, until

HERE = Path(__file__).resolve().parent
PATIENCE_S = 20.0
HAND_MS, SCANNER_MS = 140, 2


class Typist:
    """The window's keyboard, and what the window told since."""

    def __init__(self, display: Display, process: "subprocess.Popen[str]") -> None:
        self._display = display
        self.field = self.composing = ""
        self.scanned: list[str] = []
        self.entered: list[str] = []
        self._process = process
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said = json.loads(line)
            self.field = said.get("field", self.field)
            self.composing = said.get("composing", self.composing)
            self.scanned += [said["scanned"]] if "scanned" in said else []
            self.entered += [said["entered"]] if "entered" in said else []

    def type(self, text: str, gap_ms: int = HAND_MS) -> None:
        """Type with this pace; every letter is pressed and released."""
        self._xdotool("type", "--delay", str(gap_ms), text)

    def scan(self, text: str) -> None:
        """Hold a code before a scanner that types, with Enter behind it."""
        self.type(text + "\n", SCANNER_MS)

    def key(self, *names: str) -> None:
        """Press keys by their X names."""
        self._xdotool("key", "--delay", str(HAND_MS), *names)

    def wait(self, *, field: str | None = None, scans: int | None = None, composing: str | None = None) -> None:
        """Wait until the field holds or composes this, or so many scans were heard."""
        if composing is not None:
            until(lambda: self.composing == composing, PATIENCE_S, f"not {composing!r} composed")
        if field is not None:
            until(lambda: self.field == field, PATIENCE_S, f"not {field!r} in the field")
        if scans is not None:
            until(lambda: len(self.scanned) >= scans, PATIENCE_S, f"{len(self.scanned)} scans")

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env={**os.environ, "DISPLAY": self._display.name}, check=True)


@contextmanager
def typist(display: Display, **more: str) -> Iterator[Typist]:
    """Open the window on a display and close it whatever happens; ``more`` is its environment."""
    environment: Mapping[str, str] = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display.name, **more}
    process = subprocess.Popen(
        [sys.executable, str(HERE / "window.py")],
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    hands = Typist(display, process)
    try:
        Window(display, "wedge").find()
        yield hands
    finally:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0
        hands._reader.join(PATIENCE_S)
        assert process.stdout is not None
        process.stdout.close()
