"""The demo hall as the tour sees it: the command a newcomer runs, the desk's plugs, the paper in the tray."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from hands import ROOT, Display, until

_hand = threading.Event()


@dataclass(frozen=True)
class Paper:
    """One paper as the simulated printer decoded it."""

    index: int
    text: str
    data: bytes
    png: bytes
    violations: list[str]


class Plugs:
    """The control ports of one desk's devices: what a hand at that desk can do, and the paper in its tray."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._taken: dict[int, Paper] = {}

    def do(self, place: str, **request: Any) -> dict[str, Any]:
        """Say one thing to a simulator or to the demo."""
        host, _, port = self._places[place].rpartition(":")
        with socket.create_connection((host, int(port)), timeout=60) as connection, connection.makefile("rb") as lines:
            connection.sendall(json.dumps(request).encode() + b"\n")
            answer: dict[str, Any] = json.loads(lines.readline())
        assert answer["ok"], answer
        return answer

    def lift_card(self) -> None:
        """The citizen takes the card; a hand needs longer than the reader's 300 ms between two looks."""
        self.do("sam", do="lift")
        _hand.wait(0.7)

    def papers(self) -> list[Paper]:
        """Everything in the printer's tray."""
        return [self._paper(each["index"]) for each in self.do("printer", do="papers")["papers"]]

    def _paper(self, index: int) -> Paper:
        if index not in self._taken:
            answer = self.do("printer", do="paper", index=index)
            self._taken[index] = Paper(
                index,
                answer["text"],
                base64.b64decode(answer["bin"]),
                base64.b64decode(answer["png"]),
                answer["violations"],
            )
        return self._taken[index]


class Hall(Plugs):
    """``chuangkou demo`` on a display of its own."""

    def __init__(self, display: Display, data: Path, *more: str) -> None:
        super().__init__()
        self.data = data
        environment = {**os.environ, "DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"}
        environment.pop("WAYLAND_DISPLAY", None)
        data.parent.mkdir(parents=True, exist_ok=True)
        self._log = (data.parent / "demo.log").open("w", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.main", "demo", "--data", str(data), "--port", "0", *more],
            cwd=ROOT,
            env=environment,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> Self:
        self.ready()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        status = self.close()
        assert kind is not None or status == 0, f"the demo ended with {status}"

    def ready(self, within_s: float = 60.0) -> None:
        """Wait until the desk knows its plugs."""
        file = self.data / "desk.json"
        until(lambda: self._runs() and file.exists() and self._answers(file), within_s, "the demo hall did not open")

    def close(self) -> int:
        """Ctrl-C; return the exit status. Every child must be gone."""
        children = [pid for name, pid in self.do("demo", do="state").items() if name != "ok" and pid]
        self._process.send_signal(signal.SIGINT)
        status = self._process.wait(20)
        self._log.close()
        left = [pid for pid in children if Path(f"/proc/{pid}").exists()]
        assert not left, f"these children outlived their parent: {left}"
        return status

    @property
    def credentials(self) -> dict[str, Any]:
        """The tokens and passwords that the demo's server wrote at its start."""
        return json.loads(Path(self._places["credentials"]).read_text(encoding="utf-8"))

    def take_number(self, business: str) -> str:
        """A citizen takes a number at the kiosk."""
        known = self.credentials
        request = urllib.request.Request(
            f"{known['base_url']}/v1/halls/{known['hall']}/tickets",
            data=json.dumps({"business": business, "priority": None}).encode(),
            headers={
                "Authorization": f"Bearer {known['tokens']['kiosk']}",
                "Idempotency-Key": str(uuid.uuid4()),
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return str(json.load(answer)["number"])

    def kill_counter(self) -> None:
        """The power of the counter PC goes."""
        self.do("demo", do="kill-counter")

    def _runs(self) -> bool:
        if self._process.poll() is not None:
            raise AssertionError(f"the demo ended: {(self.data.parent / 'demo.log').read_text(encoding='utf-8')}")
        return True

    def _answers(self, file: Path) -> bool:
        self._places = json.loads(file.read_text(encoding="utf-8"))
        try:
            self.do("demo", do="state")
        except OSError:
            return False
        return True
