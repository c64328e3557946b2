"""What a data directory makes of this computer: a counter, a manager's desk, or one that is not enrolled yet."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.commands.floor_settings import FloorSettings, floor_settings
from app.commands.settings import KEY_STORES, BadSettings, CounterSettings, checked_server, load_settings

SETTINGS = "counter.toml"


@dataclass(frozen=True, slots=True)
class NotEnrolled:
    """A computer that knows its server and nothing else; ``key_store`` is keyring, or what an administrator chose."""

    server: str
    key_store: str


Place = NotEnrolled | FloorSettings | CounterSettings


def place_of(data: Path, server: str | None) -> Place:
    """Return what the settings say; a computer that was only told its server is not enrolled yet.

    Raises:
        BadSettings: the settings are wrong, or missing while no server is named either.
    """
    file = data / SETTINGS
    if server is not None and (key_store := _unenrolled(file)) is not None:
        return NotEnrolled(checked_server(server), key_store)
    return floor_settings(file) or load_settings(file)


def _unenrolled(file: Path) -> str | None:
    """Return the chosen key store of settings that name no identity; None where they do, or cannot be read."""
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return KEY_STORES[0]
    except (OSError, ValueError):
        return None  # their own reading says what is wrong with them
    if "device" in document or "token_file" in document:
        return None
    key_store = document.get("key_store", KEY_STORES[0])
    if key_store not in KEY_STORES:
        raise BadSettings("settings_wrong_value", f"key_store: {', '.join(KEY_STORES)}")
    return str(key_store)
