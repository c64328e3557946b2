"""The settings of one counter PC: a TOML file that a person writes, so every refusal names its place and what to do."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from app.commands.outside_settings import DEVICE_BAUD, DisplaySettings, EvaluatorSettings
from printing.a4_address import EXAMPLES, parse_address
from printing.profile import Charset

CHARSETS: dict[str, Charset] = {each: each for each in get_args(Charset)}
KEY_STORES = ("keyring", "file")
COVER_AFTER_S = 120
"""Without a key for so long, an idle window is covered (design.md section 10)."""
LONGEST_QUIET_S = 3_600
BAUD_RATES = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
SCANNER_BAUD = 9600
MAX_ADDRESS = 255
MAX_TURNAROUND_MS = 1_000
MAX_SCREEN = 8
MAX_RATING_S = 120
READER_BAUD = 115200


class BadSettings(ValueError):  # noqa: N818 - what a person wrote, not a bug
    """The settings cannot be used; ``place`` is a line or a key, ``fault`` a code of the message table."""

    def __init__(self, fault: str, place: str) -> None:
        super().__init__(f"{fault}: {place}")
        self.fault = fault
        self.place = place


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """``url`` is ``tcp://host:port`` or ``file:/dev/…``."""

    url: str
    charset: Charset
    columns: int


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """``url`` is a serial device, ``socket://host:port``, ``usb://vendor:product?…`` or ``dll:path?…``.

    ``baud_rate`` is for serial devices. ``newest_address``: ask each card for an address written after it was printed,
    which not every module understands.
    """

    url: str
    baud_rate: int = READER_BAUD
    newest_address: bool = False


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """``url`` is a serial device or ``socket://host:port``."""

    url: str
    baud_rate: int = SCANNER_BAUD


@dataclass(frozen=True, slots=True)
class CounterSettings:
    """What a counter PC must know before it can speak to its server.

    ``token_file`` holds the device token; without one the computer enrolled, and keeps it where its keys are.
    ``sign_in_file`` (demo and tests only) a clerk and a password as JSON.
    ``key_store`` is ``file`` only where the administrator chose it: the key then lies in a 0600 file.
    ``cover_after_s``: seconds without a key after which an idle window is covered; 0 means never.
    ``a4_url`` is ``lp:QUEUE`` or ``folder:DIR``; None where no A4 printer is connected.
    """

    server: str
    token_file: Path | None
    key_store: str
    reader: ReaderSettings | None
    printer: PrinterSettings
    sign_in_file: Path | None
    cover_after_s: int = COVER_AFTER_S
    scanner: ScannerSettings | None = None
    a4_url: str | None = None
    display: DisplaySettings | None = None
    evaluator: EvaluatorSettings | None = None


def load_settings(path: Path) -> CounterSettings:
    """Read and check the settings file; relative paths in it are relative to it.

    Raises:
        BadSettings: the file is missing, is not TOML (with its line), or has a missing, unknown or wrong key.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSettings("settings_unreadable", str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings("settings_not_toml", str(error)) from error
    devices = {"reader", "printer", "scanner", "a4", "display", "evaluator"}
    _only(document, {"server", "device", "token_file", "key_store", "sign_in_file", "cover_after_s"} | devices, "")
    sign_in = document.get("sign_in_file")
    return CounterSettings(
        server=checked_server(_text(document, "server")),
        token_file=token_file(path, document),
        key_store=_choice(document, "key_store", KEY_STORES, "keyring"),
        reader=_reader(document),
        printer=printer_settings(document),
        sign_in_file=None if sign_in is None else path.parent / _text(document, "sign_in_file"),
        cover_after_s=_seconds(document, "cover_after_s", COVER_AFTER_S),
        scanner=_scanner(document),
        a4_url=_a4(document),
        display=_display(document, path.parent),
        evaluator=_evaluator(document),
    )


def token_file(path: Path, document: Mapping[str, Any]) -> Path | None:
    """Return where the device token lies; None for a computer that enrolled under the name ``device``.

    Raises:
        BadSettings: neither is named.
    """
    if "token_file" not in document and "device" in document:
        _text(document, "device")
        return None
    return path.parent / _text(document, "token_file")


def printer_settings(document: Mapping[str, Any]) -> PrinterSettings:
    """Return the slip printer's settings.

    Raises:
        BadSettings: there is none, or it has a missing, unknown or wrong key.
    """
    printer = _table(document, "printer")
    _only(printer, {"url", "charset", "columns"}, "printer.")
    return PrinterSettings(
        url=_text(printer, "url", "printer."),
        charset=CHARSETS[_choice(printer, "charset", tuple(CHARSETS), "gbk", "printer.")],
        columns=_columns(printer),
    )


def checked_server(url: str) -> str:
    """Return the address of a server.

    Raises:
        BadSettings: it is no ``http://host:port`` or ``https://host``.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadSettings("settings_wrong_value", "server: http://HOST:PORT")
    return url


def _only(table: Mapping[str, Any], known: set[str], prefix: str) -> None:
    for key in table:
        if key not in known:
            raise BadSettings("settings_unknown_key", prefix + key)


def _table(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = document.get(key)
    if not isinstance(table, Mapping):
        raise BadSettings("settings_missing_key", f"[{key}]")
    return table


def _reader(document: Mapping[str, Any]) -> ReaderSettings | None:
    if "reader" not in document:
        return None
    table = _table(document, "reader")
    _only(table, {"url", "baud_rate", "newest_address"}, "reader.")
    newest_address = table.get("newest_address", False)
    if not isinstance(newest_address, bool):
        raise BadSettings("settings_wrong_value", "reader.newest_address: true, false")
    return ReaderSettings(_text(table, "url", "reader."), _baud(table, READER_BAUD, "reader."), newest_address)


def _baud(table: Mapping[str, Any], default: int, prefix: str) -> int:
    baud_rate = table.get("baud_rate", default)
    if isinstance(baud_rate, bool) or baud_rate not in BAUD_RATES:
        raise BadSettings("settings_wrong_value", f"{prefix}baud_rate: {', '.join(map(str, BAUD_RATES))}")
    return int(baud_rate)


def _scanner(document: Mapping[str, Any]) -> ScannerSettings | None:
    if "scanner" not in document:
        return None
    table = _table(document, "scanner")
    _only(table, {"url", "baud_rate"}, "scanner.")
    return ScannerSettings(_text(table, "url", "scanner."), _baud(table, SCANNER_BAUD, "scanner."))


def _a4(document: Mapping[str, Any]) -> str | None:
    if "a4" not in document:
        return None
    table = _table(document, "a4")
    _only(table, {"url"}, "a4.")
    url = _text(table, "url", "a4.")
    try:
        parse_address(url)
    except ValueError as error:
        raise BadSettings("settings_wrong_value", f"a4.url: {EXAMPLES}") from error
    return url


def _display(document: Mapping[str, Any], folder: Path) -> DisplaySettings | None:
    if "display" not in document:
        return None
    table = _table(document, "display")
    _only(table, {"url", "template", "baud_rate", "address", "turnaround_ms", "bus_lock"}, "display.")
    return DisplaySettings(
        url=_text(table, "url", "display."),
        template=_text(table, "template", "display."),
        baud_rate=_count(table, "display.baud_rate", DEVICE_BAUD, BAUD_RATES),
        address=_count(table, "display.address", 0, range(MAX_ADDRESS + 1)),
        turnaround_ms=_count(table, "display.turnaround_ms", 20, range(MAX_TURNAROUND_MS + 1)),
        bus_lock=folder / _text(table, "bus_lock", "display.") if "bus_lock" in table else None,
    )


def _evaluator(document: Mapping[str, Any]) -> EvaluatorSettings | None:
    if "evaluator" not in document:
        return None
    table = _table(document, "evaluator")
    _only(table, {"url", "template", "baud_rate", "address", "screen", "seconds"}, "evaluator.")
    if "url" not in table and "screen" not in table:
        raise BadSettings("settings_missing_key", "evaluator.url, evaluator.screen")
    return EvaluatorSettings(
        url=_text(table, "url", "evaluator.") if "url" in table else None,
        template=_text(table, "template", "evaluator.") if "template" in table else "five-keys",
        baud_rate=_count(table, "evaluator.baud_rate", DEVICE_BAUD, BAUD_RATES),
        address=_count(table, "evaluator.address", 0, range(MAX_ADDRESS + 1)),
        screen=_count(table, "evaluator.screen", 2, range(2, MAX_SCREEN + 1)) if "screen" in table else None,
        seconds=_count(table, "evaluator.seconds", 15, range(5, MAX_RATING_S + 1)),
    )


def _count(table: Mapping[str, Any], place: str, default: int, allowed: Sequence[int]) -> int:
    """Return a whole number that is one of ``allowed``; ``place`` is table and key."""
    value = table.get(place.partition(".")[2], default)
    if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
        many = isinstance(allowed, range)
        words = f"{allowed[0]}…{allowed[-1]}" if many else ", ".join(map(str, allowed))
        raise BadSettings("settings_wrong_value", f"{place}: {words}")
    return value


def _text(table: Mapping[str, Any], key: str, prefix: str = "") -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadSettings("settings_missing_key", prefix + key)
    return value


def _choice(table: Mapping[str, Any], key: str, choices: tuple[str, ...], default: str, prefix: str = "") -> str:
    value = table.get(key, default)
    if value not in choices:
        raise BadSettings("settings_wrong_value", f"{prefix}{key}: {', '.join(choices)}")
    return str(value)


def _seconds(table: Mapping[str, Any], key: str, default: int) -> int:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST_QUIET_S:
        raise BadSettings("settings_wrong_value", f"{key}: 0…{LONGEST_QUIET_S}")
    return value


def _columns(table: Mapping[str, Any]) -> int:
    value = table.get("columns", 48)
    if value not in (32, 48):
        raise BadSettings("settings_wrong_value", "printer.columns: 32, 48")
    return int(value)
