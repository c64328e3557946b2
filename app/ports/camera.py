"""What the counter needs of a document camera: files as its own program writes them, and the truth about the folder."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.domain.scanned_copy import CopyFault, CopyKind


@dataclass(frozen=True, slots=True, repr=False)
class CopyBegun:
    """A new file is there, not yet whole; no repr, for its name may be a person's."""

    file: str


@dataclass(frozen=True, slots=True, repr=False)
class CopyReady:
    """The file that was begun is whole and sound."""

    file: str
    kind: CopyKind
    content: bytes


@dataclass(frozen=True, slots=True, repr=False)
class CopyRefused:
    """The file that was begun is none that is taken; it stays where it is."""

    file: str
    fault: CopyFault


@dataclass(frozen=True, slots=True)
class CameraLost:
    """The folder cannot be read; told once, the driver goes on trying."""


@dataclass(frozen=True, slots=True)
class CameraBack:
    """The folder is there: told once after the start and once after every loss."""


@dataclass(frozen=True, slots=True)
class CopyLaneStands:
    """The lane that takes copies to the server: ``code`` says why it stands, empty when it goes on."""

    code: str


CameraEvent = CopyBegun | CopyReady | CopyRefused | CameraLost | CameraBack | CopyLaneStands
Listener = Callable[[CameraEvent], None]


class DocumentCamera(Protocol):
    """A folder watched by a thread of its own."""

    def start(self, listener: Listener) -> None:
        """Begin watching; ``listener`` is called in the camera's thread and must not block."""
        ...

    def stop(self) -> None:
        """Stop watching and wait until the camera's thread has ended."""
        ...

    def remove(self, file: str) -> None:
        """Delete a file whose content is kept elsewhere by now, unless it was written again; from any thread."""
        ...
