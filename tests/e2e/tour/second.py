"""A second window of the hall: the same program on another PC, with a reader and a printer of its own."""

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

    def __init__(self, hall: Hall, display: Display, number: str, clerk: str) -> None:
        super().__init__()
        self.data = hall.data.parent / f"data-{number}"
        self._folder = self.data / "counter"
        self._environment = {**os.environ, "DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"}
        self._environment.pop("WAYLAND_DISPLAY", None)
        self._children: list[subprocess.Popen[str]] = []
        self._hall, self._number, self._clerk = hall, number, clerk

    def __enter__(self) -> Self:
        sam, printer = (self._simulate(kind) for kind in ("sam", "printer"))
        self._places = {"sam": sam["control"], "printer": printer["control"]}
        self._settle(sam["listening"], printer["listening"])
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

    def _settle(self, reader: str, printer: str) -> None:
        known = self._hall.credentials
        self._private("token", known["tokens"][self._number])
        self._private("sign-in.json", json.dumps({"clerk": self._clerk, "password": known["clerks"][self._clerk]}))
        self._private(
            "counter.toml",
            f'server = "{known["base_url"]}"\ntoken_file = "token"\nkey_store = "file"\n'
            f'sign_in_file = "sign-in.json"\ncover_after_s = 0\n\n[reader]\nurl = "socket://{reader}"\n\n'
            f'[printer]\nurl = "tcp://{printer}"\ncharset = "gbk"\ncolumns = 48\n',
        )

    def _private(self, name: str, content: str) -> None:
        path = Path(self._folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(content, encoding="utf-8")
