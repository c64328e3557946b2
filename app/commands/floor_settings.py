"""The settings of a PC that is no counter: the same file, with ``place = "floor"`` and no devices, or ``"guide"``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.commands.export_place import TABLE, export_folder
from app.commands.settings import (
    KEY_STORES,
    BadSettings,
    PrinterSettings,
    checked_server,
    printer_settings,
    token_file,
)
from app.commands.settings_lines import with_line
from app.domain.rights import Role

_KEYS = ("place", "server", "hall", "token_file", "sign_in_file", "device", "key_store")
_PLACES = {"floor": Role.FLOOR_MANAGER, "guide": Role.GUIDE}
_OPTIONAL = frozenset({"token_file", "sign_in_file", "device", "key_store"})


@dataclass(frozen=True, slots=True)
class FloorSettings:
    """``token_file`` holds the device token, ``sign_in_file`` (demo and tests only) a clerk and a password as JSON.

    Without a ``token_file`` the computer enrolled, and keeps its token where ``key_store`` says, as a counter does.
    ``role`` is whose desk it is; the guide's alone has a ``printer``, for numbers; ``exports`` is where tables are put.
    """

    server: str
    hall: str
    token_file: Path | None
    sign_in_file: Path | None
    key_store: str = KEY_STORES[0]
    role: Role = Role.FLOOR_MANAGER
    printer: PrinterSettings | None = None
    exports: Path | None = None


def floor_settings(path: Path) -> FloorSettings | None:
    """Read the settings if they are a manager's or a guide's; None for a counter's, or where there is no readable file.

    Raises:
        BadSettings: such settings with a missing, unknown or wrong key.
    """
    try:
        content = path.read_text(encoding="utf-8")
        document = tomllib.loads(content)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None  # the counter's own reading says what is wrong with it
    role = _PLACES.get(str(document.get("place")))
    if role is None:
        return None
    try:
        return _of(path, document, role)
    except BadSettings as error:
        raise BadSettings(error.fault, with_line(content, error.place)) from error


def _of(path: Path, document: dict[str, Any], role: Role) -> FloorSettings:
    printer = printer_settings(document) if role is Role.GUIDE else None
    for key, value in document.items():
        if key == TABLE or (key == "printer" and printer is not None):
            continue
        if key not in _KEYS:
            raise BadSettings("settings_unknown_key", key)
        if not isinstance(value, str) or not value.strip():
            raise BadSettings("settings_missing_key", key)
    for key in _KEYS:
        if key not in document and key not in _OPTIONAL:
            raise BadSettings("settings_missing_key", key)
    sign_in = document.get("sign_in_file")
    return FloorSettings(
        server=checked_server(document["server"]),
        hall=document["hall"],
        token_file=token_file(path, document),
        sign_in_file=None if sign_in is None else path.parent / sign_in,
        key_store=document.get("key_store", KEY_STORES[0]),
        role=role,
        printer=printer,
        exports=export_folder(path, document),
    )
