"""The scanned copies of a backup lie beside its file, once for all backups of a folder: their bytes never change."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from sync.server.storage.blob_files import FOLDER, LOCKS, BlobFiles
from sync.server.storage.cipher import Cipher, SealBroken

Held = tuple[str, int]
"""Path below the folder of copies, and size in bytes."""


def whole(data: Path) -> list[Held]:
    """Return the copies that are here whole; what grows yet is sent again by its counter."""
    folder = data / FOLDER
    found = (each for each in folder.rglob("*") if each.is_file() and each.suffix != ".part")
    places = ((each.relative_to(folder), each) for each in found)
    return sorted((str(place.as_posix()), each.stat().st_size) for place, each in places if place.parts[0] != LOCKS)


def bring(wanted: Iterable[Held], source: Path, target: Path, placed: list[Path]) -> list[str]:
    """Copy what is not there yet from one data or backup folder to another; return which are missing.

    ``placed`` gains the files that were not there before, each before it is written.

    Raises:
        OSError: the target cannot be written.
    """
    missing: list[str] = []
    for name, size in wanted:
        here, there = _place(source, name), _place(target, name)
        if _size(there) == size:
            continue
        if _size(here) != size:
            missing.append(name)
            continue
        if not there.exists():
            placed.append(there)
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = there.with_name(there.name + ".part")
        try:
            shutil.copyfile(here, part)
            _to_disk(part)
            part.replace(there)
        finally:
            part.unlink(missing_ok=True)
    return missing


def unsound(wanted: Iterable[Held], folder: Path, cipher: Cipher) -> Iterator[str]:
    """Yield which copies of a backup are not there, or not what was sealed."""
    files = BlobFiles(folder, cipher)
    for name, _ in wanted:
        hall, _, blob = Path(name).parts
        try:
            files.read(hall, blob)
        except (OSError, SealBroken):
            yield name


def forget(folder: Path, wanted: set[str]) -> int:
    """Delete the copies of a backup folder that no backup names any more; return how many."""
    gone = [name for name, _ in whole(folder) if name not in wanted]
    for name in gone:
        _place(folder, name).unlink()
    return len(gone)


def _place(folder: Path, name: str) -> Path:
    parts = Path(name).parts
    if len(parts) != 3 or ".." in parts:  # noqa: PLR2004 - hall, first signs, name
        raise ValueError(name)
    return folder / FOLDER / name


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
