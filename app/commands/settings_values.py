"""What a value of counter.toml may be: checked where it is read, refused with its key and what is allowed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import resources
from app.commands.device_addresses import SERIAL_EXAMPLES, Check, check_serial, templates_at

BAUD_RATES: Final = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
LONGEST_QUIET_S: Final = 3_600


class BadSettings(ValueError):  # noqa: N818 - what a person wrote, not a bug
    """The settings cannot be used; ``place`` is a line or a key, ``fault`` a code of the message table."""

    def __init__(self, fault: str, place: str) -> None:
        super().__init__(f"{fault}: {place}")
        self.fault = fault
        self.place = place


def only(table: Mapping[str, Any], known: set[str], prefix: str) -> None:
    """Refuse the first key that is none of ``known``; ``prefix`` is the table's name with its dot.

    Raises:
        BadSettings: there is one.
    """
    for key in table:
        if key not in known:
            raise BadSettings("settings_unknown_key", prefix + key)


def table_at(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return a table.

    Raises:
        BadSettings: there is none.
    """
    table = document.get(key)
    if not isinstance(table, Mapping):
        raise BadSettings("settings_missing_key", f"[{key}]")
    return table


def baud_rate_at(table: Mapping[str, Any], default: int, prefix: str) -> int:
    """Return the speed of a serial line in baud.

    Raises:
        BadSettings: no line has that speed.
    """
    baud_rate = table.get("baud_rate", default)
    if isinstance(baud_rate, bool) or baud_rate not in BAUD_RATES:
        raise BadSettings("settings_wrong_value", f"{prefix}baud_rate: {', '.join(map(str, BAUD_RATES))}")
    return int(baud_rate)


def count_at(table: Mapping[str, Any], place: str, default: int, allowed: Sequence[int]) -> int:
    """Return a whole number that is one of ``allowed``; ``place`` is table and key.

    Raises:
        BadSettings: it is none of them.
    """
    value = table.get(place.partition(".")[2], default)
    if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
        many = isinstance(allowed, range)
        words = f"{allowed[0]}…{allowed[-1]}" if many else ", ".join(map(str, allowed))
        raise BadSettings("settings_wrong_value", f"{place}: {words}")
    return value


def yes_at(table: Mapping[str, Any], key: str, prefix: str = "", *, default: bool = False) -> bool:
    """Return a truth.

    Raises:
        BadSettings: it is none.
    """
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise BadSettings("settings_wrong_value", f"{prefix}{key}: true, false")
    return value


def text_at(table: Mapping[str, Any], key: str, prefix: str = "") -> str:
    """Return a text.

    Raises:
        BadSettings: it is missing, empty, or none.
    """
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise BadSettings("settings_wrong_value", f'{prefix}{key}: "…"')
    if value is None or not value.strip():
        raise BadSettings("settings_missing_key", prefix + key)
    return value


def address_at(
    table: Mapping[str, Any], prefix: str, check: Check = check_serial, examples: str = SERIAL_EXAMPLES
) -> str:
    """Return the address of a device.

    Raises:
        BadSettings: ``check`` says that it can be none.
    """
    url = text_at(table, "url", prefix)
    try:
        check(url)
    except ValueError as error:
        raise BadSettings("settings_wrong_value", f"{prefix}url: {examples}") from error
    return url


def template_there(name: object, place: str, kind: str, folder: Path) -> str:
    """Return a template that is there: one of ``resources/kind``, or a file beside the settings.

    Raises:
        BadSettings: there is none of that name.
    """
    there = templates_at(Path(resources.__path__[0]) / kind, folder)
    if not isinstance(name, str) or not (name in there or (folder / name).is_file()):
        raise BadSettings("settings_wrong_value", f"{place}: {', '.join(there)}")
    return name


def choice_at(table: Mapping[str, Any], key: str, choices: tuple[str, ...], default: str, prefix: str = "") -> str:
    """Return one of a few texts.

    Raises:
        BadSettings: it is none of them.
    """
    value = table.get(key, default)
    if value not in choices:
        raise BadSettings("settings_wrong_value", f"{prefix}{key}: {', '.join(choices)}")
    return str(value)


def seconds_at(table: Mapping[str, Any], key: str, default: int) -> int:
    """Return seconds, up to an hour.

    Raises:
        BadSettings: it is no such number.
    """
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST_QUIET_S:
        raise BadSettings("settings_wrong_value", f"{key}: 0…{LONGEST_QUIET_S}")
    return value
