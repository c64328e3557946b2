"""``chuangkou doctor``: what works on this machine, and what to do about what does not."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from app.commands.outside_settings import DisplaySettings, EvaluatorSettings
from app.commands.settings import BadSettings, CounterSettings, ReaderSettings, ScannerSettings, load_settings
from app.commands.system_clock import SystemClock
from app.storage.messages import text

REFUSED = 3
SERVER_S = 3.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One part looked at; where it is not ``ok``, ``code`` names what is wrong and ``message`` the remedy."""

    part: str
    ok: bool
    message: str
    code: str = ""


class Ill(Exception):  # noqa: N818 - a state of the machine
    """A part does not work; ``code`` is of the message table, ``remedy`` another one where the first names none."""

    def __init__(self, code: str, remedy: str = "", **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.message = "。".join(filter(None, (text(code, **values).rstrip("。"), remedy and text(remedy))))


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="devices, database, keyring, fonts, server: what works")
    parser.add_argument("--data", type=Path, default=Path("var/demo/counter"), help="the counter's data directory")
    parser.add_argument("--json", action="store_true", help="one JSON line instead of text")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; the status is 0 when all is well, else 3."""
    findings = list(_examine(arguments.data.resolve()))
    well = all(each.ok for each in findings)
    if arguments.json:
        line = {"ok": well, "findings": [asdict(each) for each in findings]}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    else:
        for each in findings:
            mark = text("doctor_well" if each.ok else "doctor_ill")
            sys.stdout.write(f"{mark}  {text(f'doctor_{each.part}')}：{each.message}\n")
    return 0 if well else REFUSED


def _examine(data: Path) -> Iterator[Finding]:
    yield _look("fonts", _fonts)
    file = data / "counter.toml"
    try:
        settings = load_settings(file)
    except BadSettings as error:
        yield Finding("settings", ok=False, message=text(error.fault, place=error.place), code=error.fault)
        return
    yield Finding("settings", ok=True, message=str(file))
    yield _look("keys", lambda: _keys(settings, data))
    yield _look("database", lambda: _database(settings, data))
    yield _look("server", lambda: _server(settings.server))
    yield _look("printer", lambda: _printer(settings.printer.url))
    if (reader := settings.reader) is not None:
        yield _look("reader", lambda: _reader(reader))
    if (a4 := settings.a4_url) is not None:
        yield _look("a4", lambda: _a4(a4, data))
    if (scanner := settings.scanner) is not None:
        yield _look("scanner", lambda: _scanner(scanner))
    if (display := settings.display) is not None:
        yield _look("display", lambda: _display(display, data))
    if (evaluator := settings.evaluator) is not None:
        yield _look("evaluator", lambda: _evaluator(evaluator, data))


def _look(part: str, examine: Callable[[], str]) -> Finding:
    try:
        return Finding(part, ok=True, message=examine())
    except Ill as ill:
        return Finding(part, ok=False, message=ill.message, code=ill.code)


def _fonts() -> str:
    from printing.fonts import RASTER_CHAIN, FontMissing, font_path  # noqa: PLC0415 - each part loads its own

    try:
        return "、".join(font_path(face).name for face in RASTER_CHAIN)
    except FontMissing as missing:
        raise Ill(missing.code, family=missing.family, package=missing.package) from missing


def _keys(settings: CounterSettings, data: Path) -> str:
    from app.ports.store_fault import StoreFault, StoreFaultReason  # noqa: PLC0415 - as above
    from app.storage.keys import CounterKeys, key_place  # noqa: PLC0415 - as above

    try:
        kept = key_place(settings.key_store, data).read()
        if kept is not None:
            CounterKeys.from_text(kept)
        elif (data / "counter.db").exists():
            raise Ill(StoreFaultReason.KEY_MISSING)
    except StoreFault as fault:
        raise Ill(fault.reason) from fault
    except OSError as error:
        raise Ill(StoreFaultReason.UNUSABLE) from error
    return text("keys_there" if kept else "keys_new")


def _database(settings: CounterSettings, data: Path) -> str:
    from app.ports.store_fault import StoreFault, StoreFaultReason  # noqa: PLC0415 - as above
    from app.storage.keys import key_place, load_keys  # noqa: PLC0415 - as above
    from app.storage.opening import open_file  # noqa: PLC0415 - as above

    path, clock = data / "counter.db", SystemClock()
    if not path.exists():
        return text("database_new")
    try:
        keys = load_keys(key_place(settings.key_store, data), clock, store_exists=True)
        database = open_file(path, keys.database, clock)
        try:
            database.verify()
        finally:
            database.close()
    except StoreFault as fault:
        raise Ill(fault.reason) from fault
    except OSError as error:
        raise Ill(StoreFaultReason.UNUSABLE) from error
    return text("database_sound")


def _server(url: str) -> str:
    import httpx2  # noqa: PLC0415 - as above

    try:
        answer = httpx2.get(f"{url}/healthz", timeout=SERVER_S, trust_env=False)
    except httpx2.HTTPError as error:
        raise Ill("server_unreachable") from error
    if answer.content != b'{"status":"ok"}':
        raise Ill("trouble_server_not_ours")
    return url


def _printer(url: str) -> str:
    from printing.errors import PrinterError, PrinterReason  # noqa: PLC0415 - as above
    from printing.status import ROUTINE, read_status  # noqa: PLC0415 - as above
    from printing.transport import open_printer  # noqa: PLC0415 - as above

    try:
        printer = open_printer(url, SystemClock())
        printer.open()
        try:
            status = read_status({n: printer.ask_status(n) for n in ROUTINE})
        finally:
            printer.close()
    except PrinterError as error:
        raise Ill(error.reason, f"{error.reason}_fix") from error
    if status.fault is PrinterReason.SILENT:
        raise Ill(status.fault, "printer_in_use")  # most printers talk to one program at a time
    if status.fault is not None:
        raise Ill(status.fault, f"{status.fault}_fix")
    return url


def _reader(settings: ReaderSettings) -> str:
    from devices.errors import DeviceError  # noqa: PLC0415 - as above
    from devices.sam import commands  # noqa: PLC0415 - as above
    from devices.sam.line import line_to  # noqa: PLC0415 - as above

    try:
        line = line_to(settings.url, SystemClock(), settings.baud_rate)(lambda: False)
        try:
            line.open()
            commands.expect(commands.STATUS, line.ask(commands.STATUS))
        finally:
            line.close()
    except DeviceError as error:
        raise Ill(error.reason, error.advice) from error
    return settings.url


def _scanner(settings: ScannerSettings) -> str:
    """A scanner answers nothing: that its port opens is all there is to see."""
    from devices.errors import DeviceError  # noqa: PLC0415 - as above
    from devices.transport import SerialPort  # noqa: PLC0415 - as above

    try:
        port = SerialPort(settings.url, settings.baud_rate)
        port.open()
        port.close()
    except DeviceError as error:
        raise Ill(error.reason, error.advice) from error
    return settings.url


def _display(settings: DisplaySettings, data: Path) -> str:
    """A display need not answer: its template, whether its port opens, and the bytes of a call are what there is."""
    from app.ports.window_display import Kind  # noqa: PLC0415 - as above
    from devices.display.forms import Unfit  # noqa: PLC0415 - as above
    from devices.display.preview import preview  # noqa: PLC0415 - as above
    from devices.display.template import BadTemplate, load_template, shipped_or_own  # noqa: PLC0415 - as above

    call: dict[str, int | str] = {"addr": settings.address, "ticket": "A023", "window": "A03", "text": "请A023号"}
    try:
        template = load_template(shipped_or_own(settings.template, data))
        sent = preview(template.frames[Kind.CALL], {**template.values, **call}).hex
    except BadTemplate as error:
        raise Ill(error.fault, place=error.place) from error
    except Unfit as error:
        raise Ill("display_value_unfit", place=error.name) from error
    return text("display_frame", url=_scanner(ScannerSettings(settings.url, settings.baud_rate)), sent=sent)


def _evaluator(settings: EvaluatorSettings, data: Path) -> str:
    """Look at the keypad; a citizen's screen is looked for by the window itself."""
    from devices.display.template import BadTemplate, shipped_or_own  # noqa: PLC0415 - as above
    from devices.evaluator.template import FOLDER, load_keypad  # noqa: PLC0415 - as above

    if settings.url is None:
        return text("evaluator_on_screen", screen=settings.screen)
    try:
        load_keypad(shipped_or_own(settings.template, data, FOLDER))
    except BadTemplate as error:
        raise Ill(error.fault, place=error.place) from error
    return _scanner(ScannerSettings(settings.url, settings.baud_rate))


def _a4(url: str, data: Path) -> str:
    """A queue is not asked for paper: that ``lp`` is there, or that the folder takes files, is what there is to see."""
    import os  # noqa: PLC0415 - as above
    import shutil  # noqa: PLC0415 - as above

    from app.ports.originals import A4Reason  # noqa: PLC0415 - as above
    from printing.a4_address import LP, parse_address  # noqa: PLC0415 - as above

    kind, rest = parse_address(url)
    if kind == LP:
        if shutil.which("lp") is None:
            raise Ill(A4Reason.NO_PROGRAM)
        return url
    folder = data / rest
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise Ill(A4Reason.NOT_WRITTEN)
    return url
