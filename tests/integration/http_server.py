"""``chuangkou server`` in a process of its own, and who asks it over HTTP."""

import http.client
import json
import secrets
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
START = (
    "import argparse, sys; from app.commands import server;"
    "parser = argparse.ArgumentParser(); server.register(parser.add_subparsers());"
    "arguments = parser.parse_args(sys.argv[1:]); sys.exit(arguments.run(arguments))"
)
TICKETS = "/v1/halls/9901/tickets"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@dataclass
class Server:
    """The process and what its credentials file says."""

    data: Path
    db: str = ""
    """The database's address; an SQLite file in ``data`` when it is empty."""
    process: subprocess.Popen[str] | None = field(init=False, default=None)
    credentials: dict[str, Any] = field(init=False)
    url: str = field(init=False)

    def start(self, *more: str) -> "Server":
        self.process = launch(self.data, "--demo", *more, db=self.db)
        assert self.process.stdout is not None
        self.url = json.loads(self.process.stdout.readline())["listening"]
        self.credentials = json.loads((self.data / "demo-credentials.json").read_text("utf-8"))
        return self

    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        assert self.process.stdout is not None
        status = self.process.wait(120)
        self.process.stdout.close()
        return status

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)

    def ask(
        self,
        method: str,
        path: str,
        who: str | None = None,
        body: Any = None,
        *,
        key: str | None = "fresh",
        **headers: str,
    ) -> Answer:
        token = self.credentials["tokens"].get(who, who)
        sent = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        if key is not None and method == "POST":
            sent["Idempotency-Key"] = secrets.token_hex(8) if key == "fresh" else key
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        connection = self.connect()
        try:
            connection.request(method, path, raw, sent)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def issue(self, business: str = "A", **more: Any) -> Answer:
        return self.ask("POST", TICKETS, "kiosk", {"business": business, **more})

    def call(self, window: str, **more: Any) -> Answer:
        return self.ask("POST", f"/v1/halls/9901/windows/{window}/call-next", window, **more)

    def sign_in(self, clerk: str) -> str:
        body = {"clerk": clerk, "password": self.credentials["clerks"][clerk]}
        return str(self.ask("POST", "/v1/sessions", None, body).json["session"])


def copied(rested: Path, folder: Path) -> Server:
    """Return the server of a hall that was set up once, not yet started."""
    return Server(Path(shutil.copytree(rested, folder / "server")))


def launch(data: Path, *more: str, db: str = "") -> subprocess.Popen[str]:
    arguments = ["server", "--db", db or f"sqlite:///{data}/server.db", "--data", str(data), *more]
    if "--port" not in more:
        arguments += ["--port", "0"]
    return subprocess.Popen([sys.executable, "-c", START, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def hint(response: http.client.HTTPResponse) -> Any:
    line = response.readline()
    assert response.readline() == b"\n"
    return json.loads(line.removeprefix(b"data: "))
