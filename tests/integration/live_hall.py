"""The demo hall's server in a process of its own, and who listens to it where a GUI thread would."""

import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.commands.floor_settings import FloorSettings, floor_settings
from app.commands.system_clock import SystemClock
from sync.client.floor import FloorNews
from ui.screens.floor.build import build
from ui.screens.floor.state import FloorViewState
from ui.screens.floor.view_model import FloorView

ROOT = Path(__file__).parents[2]
HALL = "/v1/halls/9901"


class Server:
    """``chuangkou server --demo`` and what its credentials say."""

    def __init__(self, data: Path) -> None:
        arguments = ["server", "--db", f"sqlite:///{data}/server.db", "--data", str(data), "--port", "0", "--demo"]
        command = [sys.executable, "-m", "app.main", *arguments]
        self.data = data
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url: str = json.loads(self.process.stdout.readline())["listening"]
        self.credentials = json.loads((data / "demo-credentials.json").read_text("utf-8"))

    def ask(self, path: str, who: str, body: Any = None) -> Any:
        headers = {
            "Authorization": f"Bearer {self.credentials['tokens'][who]}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data, headers), timeout=10) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()


class Listener:
    """Stands where the GUI thread stands: keeps the last news, and draws the view model of it."""

    class Signal:
        def __init__(self) -> None:
            self.told: list[Any] = []
            self.moved = threading.Condition()

        def emit(self, news: FloorNews) -> None:
            with self.moved:
                self.told.append(news)
                self.moved.notify_all()

    def __init__(self) -> None:
        self.news = self.Signal()
        self.ledgers = self.Signal()

    def view(self) -> FloorView:
        news = self.news.told[-1] if self.news.told else FloorNews()
        return build(FloorViewState(SystemClock().now_ms(), news=news, heard_ms=0))

    def until(self, true: Callable[[FloorView], bool], seconds: float) -> float:
        """Return how long it took until the view model was so."""
        return self.until_told(lambda _news: true(self.view()), seconds)

    def until_told(self, true: Callable[[FloorNews], bool], seconds: float) -> float:
        """Return how long it took until the news were so."""
        began = time.monotonic()
        with self.news.moved:
            told = self.news.told
            assert self.news.moved.wait_for(lambda: bool(told) and true(told[-1]), seconds), self.view()
        return time.monotonic() - began


def settings(server: Server, folder: Path, clerk: str = "0901") -> FloorSettings:
    (folder / "token").write_text(server.credentials["tokens"]["manager"])
    (folder / "sign-in.json").write_text(json.dumps({"clerk": clerk, "password": server.credentials["clerks"][clerk]}))
    (folder / "counter.toml").write_text(
        f'place = "floor"\nserver = "{server.url}"\nhall = "9901"\ntoken_file = "token"\n'
        'sign_in_file = "sign-in.json"\n'
    )
    found = floor_settings(folder / "counter.toml")
    assert found is not None
    return found
