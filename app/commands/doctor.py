"""``chuangkou doctor``: what works on this machine, and what to do about what does not."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from app.commands.messages import text
from app.commands.settings import BadSettings, CounterSettings, load_settings

REFUSED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``says`` is for people and names the remedy where ``ok`` is false."""

    name: str
    ok: bool
    says: str


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="devices, database, keyring, fonts, server: what works")
    parser.add_argument("--data", type=Path, default=Path("var/demo/counter"), help="the counter's data directory")
    parser.add_argument("--json", action="store_true", help="one JSON line instead of text")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; the status is 0 when all is well, else 3."""
    findings = list(_examine(arguments.data))
    if arguments.json:
        sys.stdout.write(json.dumps({"findings": [asdict(each) for each in findings]}, ensure_ascii=False) + "\n")
    else:
        for each in findings:
            sys.stdout.write(f"{'好' if each.ok else '要看'}  {each.name}：{each.says}\n")
    return 0 if all(each.ok for each in findings) else REFUSED


def _examine(data: Path) -> Iterator[Finding]:
    yield _fonts()
    try:
        settings = load_settings(data / "counter.toml")
    except BadSettings as error:
        yield Finding("设置", ok=False, says=text(error.fault, place=error.place))
        return
    yield Finding("设置", ok=True, says=str(data / "counter.toml"))
    yield _keys(settings, data)
    yield _server(settings)
    yield _printer(settings)
    if settings.reader_url is not None:
        yield _reader(settings.reader_url)


def _fonts() -> Finding:
    from printing.errors import PrinterError  # noqa: PLC0415 - loaded when asked
    from printing.fonts import RASTER_CHAIN, FontMissing, font_path  # noqa: PLC0415 - loaded when asked

    def look() -> str:
        return "、".join(Path(font_path(face)).name for face in RASTER_CHAIN)

    return _try("字体", look, (FontMissing, PrinterError))


def _keys(settings: CounterSettings, data: Path) -> Finding:
    from app.ports.store_fault import StoreFault  # noqa: PLC0415 - loaded when asked
    from app.storage.keys import KeyFile, SystemKeyring  # noqa: PLC0415 - loaded when asked

    place = KeyFile(data / "counter.key") if settings.key_store == "file" else SystemKeyring(str(data))

    def look() -> str:
        return "有" if place.read() else "还没有，第一次开窗时生成"

    return _try("密钥", look, (StoreFault,))


def _server(settings: CounterSettings) -> Finding:
    import httpx2  # noqa: PLC0415 - loaded when asked

    def look() -> str:
        httpx2.get(f"{settings.server}/healthz", timeout=2.0).raise_for_status()
        return settings.server

    return _try("服务器", look, (httpx2.HTTPError,), "server_unreachable")


def _printer(settings: CounterSettings) -> Finding:
    from printing.errors import PrinterError  # noqa: PLC0415 - loaded when asked
    from printing.status import ROUTINE, read_status  # noqa: PLC0415 - loaded when asked
    from printing.transport import open_printer  # noqa: PLC0415 - loaded when asked

    def look() -> str:
        printer = open_printer(settings.printer.url)
        try:
            printer.open()
            status = read_status({n: printer.ask_status(n) for n in ROUTINE})
        finally:
            printer.close()
        if status.fault is not None:
            raise PrinterError(status.fault)
        return settings.printer.url

    return _try("打印机", look, (PrinterError,))


def _reader(url: str) -> Finding:
    from devices.errors import DeviceError  # noqa: PLC0415 - loaded when asked
    from devices.transport import SerialPort  # noqa: PLC0415 - loaded when asked

    def look() -> str:
        port = SerialPort(url)
        port.open()
        port.close()
        return url

    return _try("读卡器", look, (DeviceError,))


def _try(name: str, look: Callable[[], str], faults: tuple[type[Exception], ...], code: str = "") -> Finding:
    try:
        return Finding(name, ok=True, says=look())
    except faults as error:
        reason = code or getattr(getattr(error, "reason", None), "value", "") or getattr(error, "code", "")
        return Finding(name, ok=False, says=text(reason) if reason else str(error))
