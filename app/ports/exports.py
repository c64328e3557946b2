"""Where a file that somebody takes away is put down."""

from typing import Protocol


class ExportFault(Exception):  # noqa: N818 - a state of the disk, told to who asked
    """The file could not be put there; ``place`` is where."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class ExportFolder(Protocol):
    """A folder of the person who exports."""

    def keep(self, name: str, content: bytes) -> str:
        """Put a file down under that name, or a numbered one beside an older file; return its full path.

        Raises:
            ExportFault: the disk is full, away, or not theirs to write.
        """
        ...
