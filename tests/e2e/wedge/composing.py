"""A burst while a real ibus-libpinyin composes; run by hand, for it needs more than the bootstrap installs.

``apt install ibus ibus-libpinyin dbus-x11 xvfb xdotool``, then ``python tests/e2e/wedge/composing.py``.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent))

from typist import Display, typist, until

ENGINE = "/usr/libexec/ibus-engine-libpinyin"
CODE = "ZW1:9901-0003-20261123-0017-4"
INSIDE = "CHUANGKOU_IN_SESSION"


@contextmanager
def libpinyin() -> Iterator[None]:
    """Run ibus with its Chinese engine for this session, with a home of its own."""
    daemon = subprocess.Popen(["ibus-daemon", "--panel=disable"], stderr=subprocess.DEVNULL)
    until(lambda: _ibus("address").startswith("unix:"), 20.0, "ibus does not run")
    _ibus("write-cache")
    engine = subprocess.Popen([ENGINE, "--ibus"], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        for each in (engine, daemon):
            each.terminate()
            each.wait(10)


def choose_chinese() -> None:
    """Let the field with the keyboard compose Chinese."""

    def chosen() -> bool:
        _ibus("engine", "libpinyin")
        return _ibus("engine") == "libpinyin"

    until(chosen, 40.0, "ibus does not take the engine")


def _ibus(*arguments: str) -> str:
    return subprocess.run(["ibus", *arguments], capture_output=True, text=True, check=False).stdout.strip()


def look() -> None:
    """Type, compose, scan while composing, compose on; say what stands in the field."""
    display = Display(800, 600)
    display.name = os.environ["DISPLAY"]
    with libpinyin(), typist(display, QT_IM_MODULE="ibus") as hands:
        choose_chinese()
        hands.type("nihao")
        hands.wait(composing="你好")
        hands.key("space")
        hands.wait(field="你好")
        hands.type("zhang")
        hands.wait(composing="章")
        hands.scan(CODE)
        hands.wait(scans=1)
        assert (hands.scanned, hands.field, hands.composing) == ([CODE], "你好", "章"), hands.scanned
        hands.key("space")
        hands.wait(field="你好章")
        hands.scan(CODE)
        hands.wait(scans=2)
        assert (hands.scanned, hands.field) == ([CODE, CODE], "你好章"), hands.scanned
    print("two bursts were taken whole, and what was composed is whole too")


def main() -> None:
    """Make a display and a session bus, and look there."""
    if os.environ.get(INSIDE):
        look()
        return
    with Display(800, 600) as display, tempfile.TemporaryDirectory() as home:
        private = {"HOME": home, "XDG_RUNTIME_DIR": home, "XDG_CACHE_HOME": home, "XDG_CONFIG_HOME": home}
        environment = {**os.environ, **private, "GSETTINGS_BACKEND": "memory", "DISPLAY": display.name, INSIDE: "1"}
        ran = subprocess.run(["dbus-run-session", sys.executable, __file__], env=environment, check=False)
    sys.exit(ran.returncode)


if __name__ == "__main__":
    main()
