"""Asks the X server what is on the screen: no program of the tour may ever show a second window, a dialog or a menu."""

import subprocess
from collections import Counter

from hands import Display, _program


def doubled(display: Display) -> list[str]:
    """Return the names of all windows of any process that shows more than one."""
    root = set(_search(display, "0"))
    shown = {each: _ask(display, "getwindowpid", each) for each in _search(display, "1") if each not in root}
    many = {pid for pid, count in Counter(shown.values()).items() if pid and count > 1}
    return [_ask(display, "getwindowname", window) or window for window, pid in shown.items() if pid in many]


def _search(display: Display, depth: str) -> list[str]:
    return _ask(display, "search", "--onlyvisible", "--maxdepth", depth, "--name", "").split()


def _ask(display: Display, *arguments: str) -> str:
    """Return the answer, empty where the window is gone already."""
    done = subprocess.run(
        [_program("xdotool"), *arguments],
        env={"DISPLAY": display.name},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()
