"""The scanned file of a higher authority's document: from the document camera's folder, or named by its path."""

from typing import Protocol


class ScanAbsent(Exception):  # noqa: N818 - a "no" for the reviewer
    """There is no such file, or it cannot be read; ``code`` is its sentence. Its name may be a person's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ResultScans(Protocol):
    """Where such files are read; nothing is kept or changed there."""

    def newest(self) -> bytes:
        """Return the newest file of the document camera's folder.

        Raises:
            ScanAbsent: the computer has no such folder, or nothing is in it.
        """
        ...

    def named(self, path: str) -> bytes:
        """Return the file of that path.

        Raises:
            ScanAbsent: there is none, or it cannot be read.
        """
        ...
