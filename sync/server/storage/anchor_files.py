"""The folder of anchors beside the database: one file a day, whole or not there (sync.md section 5)."""

import os
import re
from pathlib import Path
from typing import Final

FOLDER: Final = "anchors"
_NAME: Final = re.compile(r"heads-(\d{4}-\d{2}-\d{2})\.jsonl")


class AnchorFiles:
    """``heads-YYYY-MM-DD.jsonl`` in the folder ``anchors`` of the server's data."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def days(self) -> list[str]:
        """Return the days that have a file, oldest first, ISO.

        Raises:
            OSError: the folder cannot be read.
        """
        if not self._folder.is_dir():
            return []
        found = (_NAME.fullmatch(each.name) for each in self._folder.iterdir())
        return sorted(each[1] for each in found if each)

    def read(self, day: str) -> bytes:
        """Return a day's file.

        Raises:
            OSError: it is not there or cannot be read.
        """
        return self.path(day).read_bytes()

    def write(self, day: str, content: bytes) -> None:
        """Write a day's file; on the disk when this returns.

        Raises:
            OSError: the disk does not take it; then there is none.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.path(day)
        part = path.with_suffix(".part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        if os.name == "posix":
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def path(self, day: str) -> Path:
        """Return where a day's file lies, or would."""
        return self._folder / f"heads-{day}.jsonl"
