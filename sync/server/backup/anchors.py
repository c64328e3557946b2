"""The daily anchors of a backup: sealed in its frames, and put back beside the database they speak of."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sync.server.backup.archive import frames
from sync.server.storage.anchor_files import AnchorFiles

Anchored = tuple[str, bytes]
"""Day (ISO) and its file."""


def anchors_of(path: Path, key: bytes) -> Iterator[Anchored]:
    """Yield the anchors a backup holds, oldest first; they stand before its rows.

    Raises:
        BackupUnreadable, OSError.
    """
    for frame in frames(path, key):
        if "anchor" in frame:
            yield frame["anchor"], frame["content"]
        elif "rows" in frame:
            return


def bring(given: Iterable[Anchored], data: Path, placed: list[Path]) -> list[str]:
    """Write the files that are not there yet; return the days under which another one lies, which stays.

    ``placed`` gains the files that were not there before, each before it is written.

    Raises:
        OSError: they cannot be read or written.
    """
    files, others = AnchorFiles(data), list[str]()
    there = set(files.days())
    for day, content in given:
        if day not in there:
            placed.append(files.path(day))
            files.write(day, content)
        elif files.read(day) != content:
            others.append(day)
    return others
