"""The tour's hands and eyes: real key events into a real X display, pictures of it, nothing of the product inside."""

import os
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Self

from eyes import Eyes, Place

ROOT = Path(__file__).resolve().parents[3]
POLL_S = 0.01
_pause = threading.Event()
BOUNCE_S = 0.45


class NotSeen(AssertionError):  # noqa: N818 - a failed expectation
    """What should have appeared did not."""


class Display:
    """A virtual X screen of its own."""

    def __init__(self, width: int, height: int) -> None:
        self._size = f"{width}x{height}x24"
        self._process: subprocess.Popen[bytes] | None = None
        self.name = ""

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        self._process = subprocess.Popen(
            [_program("Xvfb"), "-displayfd", str(writing), "-screen", "0", self._size, "-nolisten", "tcp", "-noreset"],
            pass_fds=(writing,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            self.name = f":{answer.readline().strip()}"
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(10)

    def picture(self, path: Path, place: Place) -> None:
        """Keep what a part of the screen shows once it has come to rest: twice the same, or after two seconds."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with Eyes(self.name) as eyes:
            seen = eyes.look(place)
            for _ in range(8):
                _pause.wait(0.25)
                before, seen = seen, eyes.look(place)
                if before == seen:
                    break
            eyes.picture(seen, place).save(path, compress_level=1)


class Window:
    """A top-level window, found by its title; every key goes to it through the X server."""

    def __init__(self, display: Display, title: str) -> None:
        self._display = display
        self._environment = {**os.environ, "DISPLAY": display.name}
        self._title = title
        self._id = ""
        self.keys_pressed = 0
        self._pressed_at: dict[str, float] = {}

    def find(self, within_s: float = 20.0) -> None:
        """Wait until the window is there and give it the keyboard."""
        self._id = until(self._search, within_s, f"no window titled {self._title!r}")
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Have the keys go here from now on."""
        self._xdotool("windowfocus", "--sync", self._id)

    def move(self, x: int, y: int, width: int, height: int) -> None:
        """Place the window."""
        self._xdotool("windowmove", self._id, str(x), str(y))
        self._xdotool("windowsize", self._id, str(width), str(height))

    @property
    def title(self) -> str:
        """What the title bar says now; the counter tells its state there."""
        with Eyes(self._display.name) as eyes:
            return eyes.title(self._id).strip()

    def wait_title(self, pattern: str, within_s: float = 5.0) -> str:
        """Wait until the title matches; return it."""

        def matched() -> str:
            title = self.title
            return title if re.search(pattern, title) else ""

        try:
            return until(matched, within_s, "")
        except NotSeen:
            raise NotSeen(f"the title is {self.title!r}, not {pattern!r}") from None

    def press(self, *keys: str) -> None:
        """Press keys by their X names, one after the other.

        No hand opens the same thing twice within 400 ms; a window takes that for one press that bounced.
        """
        for key in keys:
            if "+" in key or re.fullmatch(r"F\d+", key):
                _pause.wait(max(0.0, self._pressed_at.get(key, 0.0) + BOUNCE_S - time.monotonic()))
                self._pressed_at[key] = time.monotonic()
            self._xdotool("key", key)
            self.keys_pressed += 1

    def write(self, text: str) -> None:
        """Type free text (not counted as keys)."""
        self._xdotool("type", "--delay", "12", text)

    def _search(self) -> str:
        found = subprocess.run(
            [_program("xdotool"), "search", "--onlyvisible", "--name", self._title],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        return found[-1] if found else ""

    def _xdotool(self, *arguments: str) -> str:
        return subprocess.run(
            [_program("xdotool"), *arguments], env=self._environment, capture_output=True, text=True, check=True
        ).stdout


def until(question, within_s: float, complaint: str):
    """Ask until the answer is true; return it."""
    deadline = time.monotonic() + within_s
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise NotSeen(complaint)
        _pause.wait(POLL_S)


def _program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is not installed; run installer/bootstrap.sh as root"
    return found
