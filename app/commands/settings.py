"""The settings of one counter PC: a TOML file that a person writes, so every refusal names its place and what to do."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from app.commands.device_addresses import READER_EXAMPLES, check_reader
from app.commands.outside_settings import DisplaySettings, EvaluatorSettings, display_settings, evaluator_settings
from app.commands.settings_lines import place_of_error, with_line
from app.commands.settings_values import (
    BadSettings,
    address_at,
    baud_rate_at,
    choice_at,
    count_at,
    only,
    seconds_at,
    table_at,
    text_at,
    yes_at,
)
from app.commands.token_settings import EXAMPLE_TABLE, TokenSettings, tokens_of
from app.domain.wedge import Pace
from printing.a4_address import EXAMPLES, parse_address
from printing.address import parse_printer
from printing.profile import BarcodeForm, Charset, Cut, Drawer

__all__ = [
    "BARCODES",
    "CHARSETS",
    "CUTS",
    "DRAWERS",
    "KEY_STORES",
    "BadSettings",
    "CounterSettings",
    "PrinterSettings",
    "ReaderSettings",
    "ScannerSettings",
    "checked_server",
    "load_settings",
    "printer_settings",
    "settings_in",
    "token_file",
]

CHARSETS: dict[str, Charset] = {**{each: each for each in get_args(Charset)}, "cp936": "gbk"}
"""``cp936`` is what Microsoft calls its GBK: firmware that says so has the same characters."""
CUTS: dict[str, Cut] = {each: each for each in get_args(Cut)}
BARCODES: dict[str, BarcodeForm | None] = {"none": None, **{each: each for each in get_args(BarcodeForm)}}
DRAWERS: dict[str, Drawer] = {each: each for each in get_args(Drawer)}
LONGEST_PRINTER_NAME = 10
"""Characters of a printer's name that stay whole in the fault panel of the narrowest window."""
KEY_STORES = ("keyring", "file")
COVER_AFTER_S = 120
"""Without a key for so long, an idle window is covered (design.md section 10)."""
SCANNER_BAUD = 9600
WEDGE_FIGURES: Mapping[str, range] = {
    "shortest": range(4, 33),
    "gap_ms": range(5, 51),
    "hold_ms": range(20, 101),
    "idle_ms": range(60, 301),
}
"""The figures of ``app.domain.wedge.Pace`` and what each may be."""
READER_BAUD = 115200


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """``url`` is an address of ``printing.address``; ``shared``: another window names this printer as its other one.

    ``columns`` is 48 on paper of 80 mm, 32 on 58 mm. ``other`` is the printer that papers may be sent to when this one
    stands still, ``name`` what its own settings call it: a window, or a place in the hall. ``barcode``: the form of the
    one that numbers carry, None where they carry none. ``drawer``: where a cash drawer is plugged in.
    """

    url: str
    charset: Charset
    columns: int
    cut: Cut = "partial"
    shared: bool = False
    barcode: BarcodeForm | None = None
    drawer: Drawer = "none"
    name: str = ""
    other: "PrinterSettings | None" = None


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
    ``wedge``: how fast a scanner types that stands in for a keyboard; None where none does. ``camera`` is the folder
    into which the document camera's own program writes. ``sound``: short tones for what was read, or was not.
    """

    server: str
    token_file: Path | None
    key_store: str
    reader: ReaderSettings | None
    printer: PrinterSettings
    sign_in_file: Path | None
    cover_after_s: int = COVER_AFTER_S
    scanner: ScannerSettings | None = None
    wedge: Pace | None = None
    camera: Path | None = None
    sound: bool = True
    tokens: tuple[TokenSettings, ...] = ()
    a4_url: str | None = None
    display: DisplaySettings | None = None
    evaluator: EvaluatorSettings | None = None


def load_settings(path: Path) -> CounterSettings:
    """Read and check the settings file; relative paths in it are relative to it.

    Raises:
        BadSettings: the file is missing, is not TOML (with its line), or has a missing, unknown or wrong key.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadSettings("settings_unreadable", str(path)) from error
    except UnicodeDecodeError as error:
        raise BadSettings("settings_not_toml", place_of_error(error)) from error
    return settings_in(content, path)


def settings_in(content: str, path: Path) -> CounterSettings:
    """Check settings that are not in their file yet; raises what ``load_settings`` raises."""
    try:
        document = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings("settings_not_toml", place_of_error(error, content)) from error
    try:
        return _settings(path, document)
    except BadSettings as error:
        raise BadSettings(error.fault, with_line(content, error.place)) from error


def _settings(path: Path, document: Mapping[str, Any]) -> CounterSettings:
    devices = {"reader", "printer", "scanner", "a4", "display", "evaluator", "camera", "sound", "token"}
    only(document, {"server", "device", "token_file", "key_store", "sign_in_file", "cover_after_s"} | devices, "")
    sign_in = document.get("sign_in_file")
    return CounterSettings(
        server=checked_server(text_at(document, "server")),
        token_file=token_file(path, document),
        key_store=choice_at(document, "key_store", KEY_STORES, "keyring"),
        reader=_reader(document),
        printer=printer_settings(document),
        sign_in_file=None if sign_in is None else path.parent / text_at(document, "sign_in_file"),
        cover_after_s=seconds_at(document, "cover_after_s", COVER_AFTER_S),
        scanner=_scanner(document),
        wedge=_wedge(document),
        camera=_camera(document, path.parent),
        sound=yes_at(document, "sound", default=True),
        tokens=_tokens(document),
        a4_url=_a4(document),
        display=display_settings(document, path.parent),
        evaluator=evaluator_settings(document, path.parent),
    )


def token_file(path: Path, document: Mapping[str, Any]) -> Path | None:
    """Return where the device token lies; None for a computer that enrolled under the name ``device``.

    Raises:
        BadSettings: neither is named.
    """
    if "token_file" not in document and "device" in document:
        text_at(document, "device")
        return None
    return path.parent / text_at(document, "token_file")


def printer_settings(document: Mapping[str, Any]) -> PrinterSettings:
    """Return the slip printer's settings.

    Raises:
        BadSettings: there is none, or it has a missing, unknown or wrong key.
    """
    printer = table_at(document, "printer")
    only(printer, {"url", "charset", "columns", "cut", "shared", "other", "barcode", "drawer"}, "printer.")
    settings = _one_printer(printer, "printer.")
    if "other" not in printer:
        return replace(settings, shared=yes_at(printer, "shared", "printer."))
    table = table_at(printer, "other")
    only(table, {"url", "charset", "columns", "cut", "name"}, "printer.other.")
    other = replace(_one_printer(table, "printer.other."), name=text_at(table, "name", "printer.other."))
    if len(other.name) > LONGEST_PRINTER_NAME or not other.name.isprintable():
        raise BadSettings("settings_wrong_value", f"printer.other.name: 1…{LONGEST_PRINTER_NAME}")
    return replace(settings, shared=yes_at(printer, "shared", "printer."), other=other)


def _one_printer(table: Mapping[str, Any], prefix: str) -> PrinterSettings:
    url = text_at(table, "url", prefix)
    try:
        parse_printer(url)
    except ValueError as error:
        raise BadSettings("settings_wrong_value", f"{prefix}url: {error}") from error
    return PrinterSettings(
        url=url,
        charset=CHARSETS[choice_at(table, "charset", tuple(CHARSETS), "gbk", prefix)],
        columns=_columns(table, prefix),
        cut=CUTS[choice_at(table, "cut", tuple(CUTS), "partial", prefix)],
        barcode=BARCODES[choice_at(table, "barcode", tuple(BARCODES), "none", prefix)],
        drawer=DRAWERS[choice_at(table, "drawer", tuple(DRAWERS), "none", prefix)],
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


def _reader(document: Mapping[str, Any]) -> ReaderSettings | None:
    if "reader" not in document:
        return None
    table = table_at(document, "reader")
    only(table, {"url", "baud_rate", "newest_address"}, "reader.")
    newest_address = table.get("newest_address", False)
    if not isinstance(newest_address, bool):
        raise BadSettings("settings_wrong_value", "reader.newest_address: true, false")
    url = address_at(table, "reader.", check_reader, READER_EXAMPLES)
    return ReaderSettings(url, baud_rate_at(table, READER_BAUD, "reader."), newest_address)


def _scanner(document: Mapping[str, Any]) -> ScannerSettings | None:
    if "scanner" not in document:
        return None
    table = table_at(document, "scanner")
    only(table, {"url", "baud_rate", "wedge", *WEDGE_FIGURES}, "scanner.")
    if "url" not in table and yes_at(table, "wedge", "scanner."):
        return None
    return ScannerSettings(address_at(table, "scanner."), baud_rate_at(table, SCANNER_BAUD, "scanner."))


def _wedge(document: Mapping[str, Any]) -> Pace | None:
    table = table_at(document, "scanner") if "scanner" in document else {}
    figures = {
        each: count_at(table, f"scanner.{each}", getattr(Pace(), each), WEDGE_FIGURES[each]) for each in WEDGE_FIGURES
    }
    return Pace(**figures) if yes_at(table, "wedge", "scanner.") else None


def _tokens(document: Mapping[str, Any]) -> tuple[TokenSettings, ...]:
    try:
        return tokens_of(document.get("token", []))
    except ValueError as error:
        raise BadSettings("settings_wrong_value", f"token: {EXAMPLE_TABLE}") from error


def _camera(document: Mapping[str, Any], folder: Path) -> Path | None:
    if "camera" not in document:
        return None
    table = table_at(document, "camera")
    only(table, {"folder"}, "camera.")
    return folder / text_at(table, "folder", "camera.")


def _a4(document: Mapping[str, Any]) -> str | None:
    if "a4" not in document:
        return None
    table = table_at(document, "a4")
    only(table, {"url"}, "a4.")
    url = text_at(table, "url", "a4.")
    try:
        parse_address(url)
    except ValueError as error:
        raise BadSettings("settings_wrong_value", f"a4.url: {EXAMPLES}") from error
    return url


def _columns(table: Mapping[str, Any], prefix: str) -> int:
    value = table.get("columns", 48)
    if value not in (32, 48):
        raise BadSettings("settings_wrong_value", f"{prefix}columns: 32, 48")
    return int(value)
