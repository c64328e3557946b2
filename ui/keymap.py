"""Which key does what: keymap.toml, the one file from which shortcuts, key bar and hints come."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Binding:
    """An action's id, its keys (the first one is shown) and its name."""

    action: str
    keys: tuple[str, ...]
    label: str

    @property
    def shown(self) -> str:
        """The key as printed on a cap: ``Shift F2``, ``F10``."""
        return self.keys[0].replace("+", " ")


@dataclass(frozen=True, slots=True)
class Keymap:
    """All bindings, and the order of the key bar."""

    bindings: Mapping[str, Binding]
    blocks: tuple[tuple[str, ...], ...]
    last: str


def load_keymap(text: str | None = None) -> Keymap:
    """Read a keymap; without ``text`` the one that ships."""
    source = text if text is not None else (resources.files("resources") / "keymap.toml").read_text("utf-8")
    data: dict[str, Any] = tomllib.loads(source)
    bindings = {name: Binding(name, tuple(entry["keys"]), entry["label"]) for name, entry in data["action"].items()}
    return Keymap(bindings, tuple(tuple(block) for block in data["bar"]["blocks"]), data["bar"]["last"])
