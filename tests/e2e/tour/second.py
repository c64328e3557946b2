"""More windows of the hall: the same program on another PC, with devices of its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from hall import Hall, Plugs
from hands import ROOT, Display

FREE = "127.0.0.1:0"


class SecondWindow(Plugs):
    """``chuangkou counter`` for another window, set up as an administrator sets a PC up."""

    devices = ("sam", "printer")

    def __init__(self, hall: Hall, display: Display, number: str, clerk: str) -> None:
        super().__init__()
        self.data = hall.data.parent / f"data-{number}"
        self._folder = self.data / "counter"
        self._environment = {**os.environ, "DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"}
        self._environment.pop("WAYLAND_DISPLAY", None)
        self._children: list[subprocess.Popen[str]] = []
        self._hall, self._number, self._clerk = hall, number, clerk

    def __enter__(self) -> Self:
        simulated = {kind: self._simulate(kind) for kind in self.devices}
        self._places = {kind: each["control"] for kind, each in simulated.items()}
        self._settle({kind: each["listening"] for kind, each in simulated.items()})
        self._start("counter", "--data", str(self._folder))
        return self

    def __exit__(self, *_: object) -> None:
        for child in reversed(self._children):
            child.send_signal(signal.SIGTERM)
            child.wait(20)

    def _simulate(self, kind: str) -> dict[str, Any]:
        child = self._start("simulate", kind, "--listen", FREE, "--control", FREE, "--die-with-parent")
        assert child.stdout is not None
        return json.loads(child.stdout.readline())

    def _start(self, *arguments: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-m", "app.main", *arguments],
            cwd=ROOT, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._children.append(child)
        return child

    def _settle(self, listening: dict[str, str]) -> None:
        known = self._hall.credentials
        self._private("token", self._token(known))
        self._private("sign-in.json", json.dumps({"clerk": self._clerk, "password": known["clerks"][self._clerk]}))
        self._private(
            "counter.toml",
            f'server = "{known["base_url"]}"\ntoken_file = "token"\nsign_in_file = "sign-in.json"\n'
            f"{self._own_settings(known, listening)}\n"
            f'[printer]\nurl = "tcp://{listening["printer"]}"\ncharset = "gbk"\ncolumns = 48\n',
        )

    def _token(self, known: dict[str, Any]) -> str:
        return str(known["tokens"][self._number])

    def _own_settings(self, known: dict[str, Any], listening: dict[str, str]) -> str:
        return f'key_store = "file"\ncover_after_s = 0\n\n[reader]\nurl = "socket://{listening["sam"]}"\n'

    def _private(self, name: str, content: str) -> None:
        path = Path(self._folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(content, encoding="utf-8")


class GuideDesk(SecondWindow):
    """The guide desk: no reader, no store, a printer for numbers."""

    devices = ("printer",)

    def __init__(self, hall: Hall, display: Display, clerk: str) -> None:
        super().__init__(hall, display, "guide", clerk)

    def _token(self, known: dict[str, Any]) -> str:
        """The demo keeps the guide desk's token beside its credentials."""
        return (self._hall.data / "server" / "demo-guide.token").read_text(encoding="ascii")

    def _own_settings(self, known: dict[str, Any], listening: dict[str, str]) -> str:
        return f'place = "guide"\nhall = "{known["hall"]}"\n'
