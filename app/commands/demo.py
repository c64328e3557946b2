"""``chuangkou demo``: a whole hall on one machine, every part a real process that ends with this one."""

import argparse
import json
import os
import queue
import shutil
import signal
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.commands.children import Child, ChildFailed
from app.commands.display import display_reachable
from app.storage.messages import text

WINDOW = "A03"
BUSINESS = "A"
CITIZENS = 6
CLERK = "0302"
MANAGER = "0901"
GUIDE = "0801"
GUIDE_TOKEN = "demo-guide.token"  # noqa: S105 - a file's name
REVIEWER = "0401"
REVIEW_TOKEN = "demo-review.token"  # noqa: S105 - a file's name
HALL = "9901"
LOOPBACK = "127.0.0.1"
DISPLAY = "seven-byte"
POLL_S = 0.1


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("demo", help="server, demo hall, simulated devices and the counter window")
    parser.add_argument("--data", type=Path, default=Path("var/demo"), help="directory that is made, and used again")
    parser.add_argument("--port", type=int, default=8642, help="port of the server (default 8642; 0 takes a free one)")
    parser.add_argument("--manager", action="store_true", help="open the floor manager's window beside the counter")
    parser.add_argument("--guide", action="store_true", help="open the guide desk's window beside the counter")
    parser.add_argument("--review", action="store_true", help="open the reviewer's window beside the counter")
    parser.add_argument(
        "--devices", choices=("usual", "all"), default="usual", help="all: a window display and an evaluator as well"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Start everything, wait until the counter window is closed or Ctrl-C, end everything."""
    if not display_reachable():
        sys.stderr.write(text("no_display") + "\n")
        return 2
    outside = arguments.devices == "all"
    desks = {"manager": arguments.manager, "guide": arguments.guide, "review": arguments.review}
    hall = DemoHall(arguments.data.resolve(), arguments.port, outside=outside, **desks)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: hall.end())
    try:
        hall.open()
        sys.stdout.write(text("demo_open", server=hall.base_url, data=arguments.data) + "\n")
        sys.stdout.write(text("demo_pages", **hall.pages()) + "\n")
        sys.stdout.flush()
        hall.wait()
    except ChildFailed as error:
        sys.stdout.write(
            json.dumps({"error": f"{error.name}_failed", "message": error.text}, ensure_ascii=False) + "\n"
        )
        return 3
    finally:
        hall.close()
    return 0


class DemoHall:
    """The processes of the hall and a control port through which the desk pulls plugs."""

    def __init__(
        self,
        data: Path,
        port: int,
        *,
        manager: bool = False,
        guide: bool = False,
        review: bool = False,
        outside: bool = False,
    ) -> None:
        self._data = data
        self._logs = data / "log"
        server_data = data / "server"
        database = f"sqlite:///{server_data / 'server.db'}"
        self._credentials = server_data / "demo-credentials.json"
        self._port = port
        self._manager = manager
        self._guide = guide
        self._review = review
        self._outside = outside
        self._server_arguments = ["server", "--db", database, "--data", str(server_data), "--demo", "--port"]
        self._children: dict[str, Child] = {}
        self._over = threading.Event()
        self._requests: queue.SimpleQueue[tuple[dict[str, Any], Future[dict[str, Any]]]] = queue.SimpleQueue()
        self._control: Any = None
        self.base_url = ""

    def open(self) -> None:
        """Start everything at once; who must know where another one listens waits for that one alone.

        A counter that was here before comes before the server: it paints, and works offline until the link is there.

        Raises:
            ChildFailed: a part did not start; what had started is still to be closed.
        """
        from devices.simulation.control import ControlServer  # noqa: PLC0415 - only the demo needs a control port

        self._control = ControlServer(LOOPBACK, 0, self._handle)
        self._control.start()
        self._start_server()
        self._simulate("sam")
        self._simulate("printer")
        self._simulate("scanner")
        if self._outside:
            self._simulate("display", "--template", DISPLAY)
            self._simulate("keypad")
        known = self._port != 0 and self._credentials.exists()
        if not known:
            self._await_server()
        self._simulate("link", "--to", f"{LOOPBACK}:{self._port}")
        names = ("sam", "printer", "scanner", "link")
        sam, printer, scanner, link = devices = [self._children[name].ready() for name in names]
        self._write_settings(*(each["listening"] for each in devices))
        self._start_counter()
        if known:
            self._await_server()
        desk_file = self._data / "desk.json"
        _write_private(
            desk_file,
            json.dumps(
                {
                    "base_url": self.base_url,
                    "credentials": str(self._credentials),
                    "hall": HALL,
                    "sam": sam["control"],
                    "printer": printer["control"],
                    "scanner": scanner["control"],
                    "link": link["control"],
                    "demo": "{}:{}".format(*self._control.address),
                }
            ),
        )
        self._start("desk", "desk", "--file", str(desk_file))
        self._let_citizens_come()
        if self._manager:
            self._open_floor()
        if self._guide:
            self._open_guide()
        if self._review:
            self._open_review()

    def _let_citizens_come(self) -> None:
        """Let some citizens take numbers, unless enough of them wait from an earlier run."""
        token = json.loads(self._credentials.read_text(encoding="utf-8"))["tokens"]["kiosk"]
        hall = f"{self.base_url}/v1/halls/{HALL}"
        waiting = json.loads(_ask(f"{hall}/state", token))["businesses"]
        here = sum(each["waiting"] for each in waiting if each["code"] == BUSINESS)
        for _ in range(CITIZENS - here):
            _ask(f"{hall}/tickets", token, {"business": BUSINESS, "priority": None})

    def pages(self) -> dict[str, str]:
        """Return the addresses of the hall's own screens, as the server wrote them at its start."""
        links: dict[str, str] = json.loads(self._credentials.with_name("demo-pages.json").read_text(encoding="utf-8"))
        return links

    def wait(self) -> None:
        """Return when the counter window is closed, or when ``end`` is called."""
        while not self._over.is_set():
            status = self._children["counter"].status
            if status == 0:
                return
            if status is not None and status > 0:
                raise ChildFailed("counter", text("counter_ended", log=self._logs / "counter.log"))
            try:
                request, answer = self._requests.get(timeout=POLL_S)
            except queue.Empty:
                continue
            try:
                answer.set_result(self._carry_out(request))
            except (ValueError, ChildFailed) as error:
                answer.set_exception(ValueError(str(error)))

    def end(self) -> None:
        """Make ``wait`` return."""
        self._over.set()

    def close(self) -> None:
        """End every child, the newest first; who still waits for an answer gets none."""
        self._over.set()
        for child in reversed(self._children.values()):
            child.stop()
        if self._control is not None:
            self._control.stop()

    def _handle(self, request: dict[str, Any]) -> dict[str, Any]:
        """Pass a request to the main thread: a child dies with the thread that started it, not with the process."""
        answer: Future[dict[str, Any]] = Future()
        self._requests.put((request, answer))
        while not self._over.is_set():
            with suppress(TimeoutError):
                return answer.result(POLL_S)
        raise ValueError("the hall is closing")

    def _carry_out(self, request: dict[str, Any]) -> dict[str, Any]:
        match request.get("do"):
            case "state":
                pass
            case "stop-server":
                self._children["server"].stop()
            case "start-server" if not self._children["server"].running:
                self._start_server()
                self._await_server()
            case "kill-counter":
                self._children["counter"].kill()
            case "start-counter" if not self._children["counter"].running:
                self._start_counter()
            case _:
                raise ValueError("unknown, or not possible now")
        return {name: child.pid for name, child in self._children.items()}

    def _start_server(self) -> None:
        self._start("server", *self._server_arguments, str(self._port), ready_line=True)

    def _await_server(self) -> None:
        self.base_url = self._children["server"].ready()["listening"]
        self._port = int(self.base_url.rpartition(":")[2])

    def _start_counter(self) -> None:
        self._start("counter", "counter", "--data", str(self._data / "counter"))

    def _simulate(self, kind: str, *arguments: str, name: str = "") -> None:
        free = f"{LOOPBACK}:0"
        self._start(name or kind, "simulate", kind, "--listen", free, "--control", free, *arguments, ready_line=True)

    def _start(self, name: str, *arguments: str, ready_line: bool = False) -> None:
        child = self._children[name] = Child(name, arguments, self._logs)
        child.start(ready_line=ready_line)

    def _open_floor(self) -> None:
        """Open the floor manager's window, on a PC of its own that has no devices."""
        credentials = json.loads(self._credentials.read_text(encoding="utf-8"))
        self._open_desk("floor", credentials["tokens"]["manager"], MANAGER)

    def _open_guide(self) -> None:
        """Open the guide desk's window, on a PC of its own with a printer for numbers."""
        self._simulate("printer", name="guide-printer")
        printer = self._children["guide-printer"].ready()["listening"]
        token = self._credentials.with_name(GUIDE_TOKEN).read_text(encoding="ascii")
        self._open_desk("guide", token, GUIDE, f'\n[printer]\nurl = "tcp://{printer}"\ncharset = "gbk"\ncolumns = 48\n')

    def _open_review(self) -> None:
        """Open the reviewer's window, on a PC behind the windows that has a store and an A4 printer of its own."""
        directory = self._data / "review"
        passwords = json.loads(self._credentials.read_text(encoding="utf-8"))["clerks"]
        token = self._credentials.with_name(REVIEW_TOKEN).read_text(encoding="ascii")
        _write_private(directory / "token", token)
        _write_private(directory / "sign-in.json", json.dumps({"clerk": REVIEWER, "password": passwords[REVIEWER]}))
        _write_private(
            directory / "counter.toml",
            f'server = "{self.base_url}"\ntoken_file = "token"\nkey_store = "file"\nsign_in_file = "sign-in.json"\n'
            'cover_after_s = 0\n\n[printer]\nurl = "file:slips.bin"\ncharset = "gbk"\ncolumns = 48\n\n'
            '[a4]\nurl = "folder:../a4"\n',
        )
        self._start("review", "counter", "--data", str(directory))

    def _open_desk(self, place: str, token: str, clerk: str, devices: str = "") -> None:
        directory = self._data / place
        passwords = json.loads(self._credentials.read_text(encoding="utf-8"))["clerks"]
        _write_private(directory / "token", token)
        _write_private(directory / "sign-in.json", json.dumps({"clerk": clerk, "password": passwords[clerk]}))
        _write_private(
            directory / "counter.toml",
            f'place = "{place}"\nserver = "{self.base_url}"\nhall = "{HALL}"\ntoken_file = "token"\n'
            f'sign_in_file = "sign-in.json"\n{devices}',
        )
        self._start(place, "counter", "--data", str(directory))

    def _write_settings(self, reader: str, printer: str, scanner: str, link: str) -> None:
        directory = self._data / "counter"
        directory.mkdir(parents=True, exist_ok=True)
        credentials = json.loads(self._credentials.read_text(encoding="utf-8"))
        _write_private(directory / "token", credentials["tokens"][WINDOW])
        _write_private(
            directory / "sign-in.json", json.dumps({"clerk": CLERK, "password": credentials["clerks"][CLERK]})
        )
        _write_private(
            directory / "counter.toml",
            f'server = "http://{link}"\ntoken_file = "token"\nkey_store = "file"\nsign_in_file = "sign-in.json"\n'
            "cover_after_s = 0\n\n"  # a demo is looked at for long without a key
            f'[reader]\nurl = "socket://{reader}"\n\n'
            f'[printer]\nurl = "tcp://{printer}"\ncharset = "gbk"\ncolumns = 48\n\n'
            f'[scanner]\nurl = "socket://{scanner}"\n\n'
            '[a4]\nurl = "folder:../a4"\n'  # the A4 printer of the demo is a directory, whose PDFs can be looked at
            + self._outside_settings(),
        )

    def _outside_settings(self) -> str:
        """Return the settings of what hangs outside the clerk's screen, where the demo has it."""
        if not self._outside:
            return ""
        display, keypad = (self._children[name].ready()["listening"] for name in ("display", "keypad"))
        return (
            f'\n[display]\nurl = "socket://{display}"\ntemplate = "{DISPLAY}"\n\n'
            f'[evaluator]\nurl = "socket://{keypad}"\n'
        )


def _ask(url: str, token: str, body: dict[str, Any] | None = None) -> bytes:
    from urllib.request import Request, urlopen  # noqa: PLC0415 - every command would pay for it at its start

    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, headers), timeout=10) as answer:  # noqa: S310 - the demo's own server on loopback
        content: bytes = answer.read()
    return content


def _write_private(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(path.suffix + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
    shutil.move(fresh, path)
