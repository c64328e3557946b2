"""Puts exported files down whole or not at all, beside what is there already, readable by their owner alone."""

import os
import stat
from pathlib import Path

from app.ports.exports import ExportFault

_MOST = 1000
_ONLY_MINE = stat.S_IRUSR | stat.S_IWUSR


class DiskFolder:
    """Implements ``app.ports.exports.ExportFolder``; the folder is made when it is needed first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, content: bytes) -> str:
        """See ``ExportFolder``. An older file is never overwritten: it may be a record of its day."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path, handle = self._opened(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError:
                path.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise ExportFault(str(self._folder)) from error
        return str(path)

    def _opened(self, name: str) -> tuple[Path, int]:
        stem, dot, ending = name.rpartition(".")
        for n in range(1, _MOST):
            path = self._folder / (name if n == 1 else f"{stem}({n}){dot}{ending}")
            try:
                return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_MINE)
            except FileExistsError:
                continue
        raise FileExistsError(name)


def documents(home: Path, config: Path) -> Path:
    """Return the folder for documents: what ``user-dirs.dirs`` in ``config`` names, else ``Documents`` at home."""
    try:
        lines = (config / "user-dirs.dirs").read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    for line in lines:
        name, _, value = line.partition("=")
        if name.strip() == "XDG_DOCUMENTS_DIR":
            return Path(value.strip().strip('"').replace("$HOME", str(home)))
    return home / "Documents"
