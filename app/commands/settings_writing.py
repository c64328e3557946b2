"""Changes counter.toml as a person would: one value at a time, every comment and every other line as it was."""

import os
import shutil
import tempfile
from collections.abc import MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

Value = str | int | bool
BACKUP: Final = "counter.toml.bak"


def with_value(content: str, table: str, key: str, value: Value | None) -> str:
    """Return the settings with one value set in ``[table]``, made where it is missing; None takes the value out.

    ``table`` may lie in another, ``printer.other``.

    Raises:
        ValueError: ``content`` is no TOML, or ``table`` is something else there.
    """
    document = _parsed(content)
    outer: MutableMapping[str, Any] = document
    *way, name = table.split(".")
    for each in way:
        outer = _table_in(outer, each)
    if value is None:
        inside = outer.get(name)
        if isinstance(inside, dict):
            inside.pop(key, None)
        return _written(document)
    if name not in outer:
        import tomlkit  # noqa: PLC0415 - only who changes settings waits for it

        fresh = tomlkit.table()
        fresh.add(key, value)
        if way:
            outer[name] = fresh
            return _written(document)
        if document.as_string().strip():
            document.add(tomlkit.nl())
        document.add(name, fresh)
        return _written(document)
    _table_in(outer, name)[key] = value
    return _written(document)


def without_table(content: str, table: str) -> str:
    """Return the settings without a device; raises ``ValueError`` where they are no TOML."""
    document = _parsed(content)
    outer: MutableMapping[str, Any] = document
    *way, name = table.split(".")
    for each in way:
        outer = _table_in(outer, each)
    outer.pop(name, None)
    return _written(document)


def _table_in(outer: MutableMapping[str, Any], name: str) -> MutableMapping[str, Any]:
    inside = outer.get(name)
    if not isinstance(inside, dict):
        raise ValueError(f"{name} is no table")  # noqa: TRY004 - what a person wrote, not a bug
    return inside


def replace_file(file: Path, content: str) -> Path | None:
    """Put ``content`` in place of a file, whole or not at all; return where the old one is kept, if there was one.

    The new file has the rights of the old one.

    Raises:
        OSError: it cannot be written; the old one is untouched.
    """
    kept = file.with_name(f"{file.name}.bak") if file.exists() else None
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as writing:
            writing.write(content)
            writing.flush()
            os.fsync(writing.fileno())
        if kept is not None:
            shutil.copymode(file, fresh)
            shutil.copy2(file, kept)
        fresh.replace(file)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    return kept


def _parsed(content: str) -> "TOMLDocument":
    import tomlkit  # noqa: PLC0415 - as above

    return tomlkit.parse(content)


def _written(document: "TOMLDocument") -> str:
    return str(document.as_string())
