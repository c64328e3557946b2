"""Reads the scanned file of a higher authority's document from this computer's disk."""

from pathlib import Path

from typing_extensions import override

from app.domain.scanned_copy import MAX_BYTES
from app.ports.result_scan import ResultScans, ScanAbsent

_ABSENT, _NO_FOLDER, _UNREADABLE = "result_scan_absent", "result_scan_no_folder", "result_scan_unreadable"


class FolderScans(ResultScans):
    """``folder`` is where the document camera's own program writes; None where this computer has none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @override
    def newest(self) -> bytes:
        """See ``ResultScans``; a file that begins with a dot is not whole yet."""
        if self._folder is None:
            raise ScanAbsent(_NO_FOLDER)
        try:
            files = [each for each in self._folder.iterdir() if each.is_file() and not each.name.startswith(".")]
            latest = max(files, key=lambda each: (each.stat().st_mtime_ns, each.name), default=None)
        except OSError as error:
            raise ScanAbsent(_UNREADABLE) from error
        if latest is None:
            raise ScanAbsent(_ABSENT)
        return _read(latest)

    @override
    def named(self, path: str) -> bytes:
        """See ``ResultScans``."""
        return _read(Path(path.strip().strip('"')).expanduser())


def _read(path: Path) -> bytes:
    """Return the bytes; one more than may be is enough to see that a file is too large."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ScanAbsent(_UNREADABLE) from error
