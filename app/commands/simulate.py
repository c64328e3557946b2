"""``chuangkou simulate``: one device without hardware, as a process that ends on SIGTERM, SIGINT or with its parent."""

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from app.commands.parent import die_with_parent
from app.commands.system_clock import SystemClock
from app.storage.messages import text
from devices.display.sink import DisplaySink
from devices.display.template import FOLDER as DISPLAYS
from devices.display.template import BadTemplate, load_template, shipped_or_own
from devices.evaluator.simulator import KeypadSimulator
from devices.evaluator.template import FOLDER as KEYPADS
from devices.evaluator.template import load_keypad
from devices.sam.simulator import SamSimulator
from devices.scanner.simulator import ScannerSimulator
from devices.simulation.control import ControlServer, Handler
from devices.simulation.link import Link
from devices.simulation.pty_line import PtyLine

DONE = 0
WRONG_USAGE = 2
FAILED = 3
MAX_PORT = 65535
PRIVATE = ("127.0.0.1", 0)
"""Where a device listens whose line is a serial port of this computer."""

Address = tuple[str, int]


class Device(Protocol):
    """What every simulated device has."""

    @property
    def address(self) -> Address:
        """Host and real port, known after ``start``."""
        ...

    def start(self) -> None:
        """Switch on; ``OSError`` when the address cannot be had."""
        ...

    def stop(self) -> None:
        """Switch off for good."""
        ...

    def handle(self, request: dict[str, Any], /) -> dict[str, Any]:
        """Do what the control port asks; ``ValueError`` or ``KeyError`` when it makes no sense."""
        ...


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = subparsers.add_parser("simulate", help="模拟一台设备", description="模拟一台设备，就绪后输出一行 JSON。")
    parser.add_argument(
        "device",
        choices=("sam", "printer", "display", "scanner", "keypad", "link"),
        help="读卡器、热敏打印机、窗口屏、扫码枪、评价器、网线",
    )
    parser.add_argument(
        "--listen",
        metavar="HOST:PORT",
        type=_listen,
        required=True,
        help="设备端口，0 为自动分配；写 pty: 则是本机的一个串口，路径在第一行里（Windows 没有）",
    )
    parser.add_argument("--template", metavar="NAME", help="窗口屏、评价器的模板：随程序的名字，或 .toml 文件")
    parser.add_argument("--to", metavar="HOST:PORT", type=_address, help="网线的另一端，只用于 link")
    parser.add_argument("--script", metavar="FILE", type=Path, help="开机后依次执行的控制指令，每行一个 JSON")
    parser.add_argument("--control", metavar="HOST:PORT", type=_address, help="控制端口，每行一个 JSON")
    parser.add_argument("--die-with-parent", action="store_true", help="启动它的进程结束时一同结束")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Simulate until a signal comes and return the exit status."""
    if args.die_with_parent:
        die_with_parent()
    if args.device == "link" and args.to is None:
        _print({"error": "link_without_end", "message": text("link_without_end")})
        return WRONG_USAGE
    try:
        return _run(_device(args), args)
    except OSError as error:
        return _refuse("simulator_not_started", error)
    except BadTemplate as error:
        _print({"error": error.fault, "message": text(error.fault, place=error.place)})
        return FAILED
    except (ValueError, KeyError) as error:
        return _refuse("script_refused", error)


def _device(args: argparse.Namespace) -> Device:
    host, port = args.listen or PRIVATE
    match args.device:
        case "sam":
            return SamSimulator(host, port)
        case "printer":
            from printing.simulator.printer import PrinterSimulator  # noqa: PLC0415 - drawing is slow to import

            return PrinterSimulator(host, port, SystemClock())
        case "scanner":
            return ScannerSimulator(host, port)
        case "link":
            return Link(host, port, args.to)
        case "keypad":
            return KeypadSimulator(host, port, load_keypad(_template(args.template or "five-keys", KEYPADS)))
    return DisplaySink(host, port, load_template(_template(args.template, DISPLAYS)) if args.template else None)


def _template(name: str, shipped: Path) -> Path:
    return shipped_or_own(name, Path(), shipped)


def _run(device: Device, args: argparse.Namespace) -> int:
    script = _script(args.script)
    with _signals() as stopping, ExitStack() as running:
        device.start()
        running.callback(device.stop)
        ready = {"listening": "{}:{}".format(*device.address)}
        if args.listen is None:
            line = PtyLine(lambda: device.address)
            line.start()
            running.callback(line.stop)
            ready["listening"] = str(line.path)
        if args.control is not None:
            host, port = args.control
            control = ControlServer(host, port, device.handle)
            control.start()
            running.callback(control.stop)
            ready["control"] = "{}:{}".format(*control.address)
        _print(ready)
        _play(script, device.handle, stopping)
        stopping.wait()
    return DONE


def _script(file: Path | None) -> list[dict[str, Any]]:
    """Return the requests of a script: control requests, and ``{"do": "wait", "ms": N}`` between them."""
    if file is None:
        return []
    requests = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not all(isinstance(request, dict) for request in requests):
        raise ValueError("every line of a script is an object")
    return requests


def _play(script: list[dict[str, Any]], handle: Handler, stopping: threading.Event) -> None:
    for request in script:
        if stopping.is_set():
            return
        if request.get("do") == "wait":
            stopping.wait(int(request["ms"]) / 1000)
        else:
            handle(request)


@contextmanager
def _signals() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and SIGINT set."""
    stopping = threading.Event()
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: stopping.set()) for number in numbers]
    try:
        yield stopping
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _refuse(code: str, error: Exception) -> int:
    _print({"error": code, "message": text(code, detail=error)})
    return FAILED


def _print(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _listen(value: str) -> Address | None:
    """Return the address, None for a serial port of this computer."""
    if value == "pty:":
        if not hasattr(os, "openpty"):
            raise ValueError("no pseudo terminals here")
        return None
    return _address(value)


def _address(value: str) -> Address:
    host, colon, port = value.rpartition(":")
    if not (host and colon and port.isascii() and port.isdigit() and int(port) <= MAX_PORT):
        raise ValueError("not HOST:PORT")
    return host.strip("[]"), int(port)
