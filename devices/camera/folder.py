"""The thread that watches the folder of a document camera: a new file is told once, and again when it is whole."""

import logging
import os
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.scanned_copy import MAX_BYTES, CopyFault, CopyKind, kind_of
from app.ports.camera import CameraBack, CameraEvent, CameraLost, CopyBegun, CopyReady, CopyRefused, Listener

log = logging.getLogger(__name__)

POLL_S: Final = 0.5
STILL: Final = 2
"""Looks after which a file that did not grow may be whole."""
PATIENCE: Final = 60
"""Looks without growth after which an unfinished or unreadable file is given up."""
PASSING: Final = (".tmp", ".part", ".partial", ".crdownload", ".lock")
"""Ends of names that programs give a file they are still writing."""
OF_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class _Shape:
    """What changes when a file is written."""

    size: int
    written_ns: int


@dataclass(slots=True)
class _Coming:
    shape: _Shape
    still: int = 0


class WatchedFolder:
    """Implements ``app.ports.camera.DocumentCamera`` by looking every ``poll_s`` seconds, on a share too.

    What lies there when the folder is first seen, or seen again, belongs to nobody who sits here now: it is left alone.
    Names are untrusted and may be persons': they are neither followed nor logged.
    """

    def __init__(self, folder: Path, *, poll_s: float = POLL_S) -> None:
        self._folder = folder
        self._poll_s = poll_s
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._there: bool | None = None
        self._done: dict[str, _Shape] = {}
        self._coming: dict[str, _Coming] = {}

    def start(self, listener: Listener) -> None:
        """See ``DocumentCamera``. A folder is watched once."""
        self._thread = threading.Thread(target=self._run, args=(listener,), name="document-camera", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """See ``DocumentCamera``."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def remove(self, file: str) -> None:
        """See ``DocumentCamera``."""
        shape = self._done.get(file)
        path = self._folder / file
        try:
            if shape is not None and _shape(path.lstat()) == shape:
                path.unlink()
        except OSError as error:
            log.warning("camera.not_removed errno=%s", error.errno)  # what is kept is kept; the file stays

    def _run(self, listener: Listener) -> None:
        while not self._stopping.is_set():
            for event in self.look():
                listener(event)
            self._stopping.wait(self._poll_s)

    def look(self) -> Iterator[CameraEvent]:
        """Look once, and say what is new."""
        try:
            shapes = self._shapes()
        except OSError as error:
            if self._there is not False:
                self._there = False
                log.warning("camera_lost errno=%s", error.errno)
                yield CameraLost()
            return
        if self._there is not True:
            self._there = True
            self._done |= {name: shape for name, shape in shapes.items() if name not in self._coming}
            log.info("camera_back")
            yield CameraBack()
        self._done = {name: shape for name, shape in self._done.items() if name in shapes}
        self._coming = {name: coming for name, coming in self._coming.items() if name in shapes}
        for name, shape in shapes.items():
            if self._done.get(name) != shape:
                yield from self._new(name, shape)

    def _shapes(self) -> dict[str, _Shape]:
        shapes = {}
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if not _is_passing(entry.name) and entry.is_file(follow_symlinks=False):
                    shapes[entry.name] = _shape(entry.stat(follow_symlinks=False))
        return shapes

    def _new(self, name: str, shape: _Shape) -> Iterator[CameraEvent]:
        coming = self._coming.get(name)
        if coming is None:
            self._coming[name] = _Coming(shape)
            yield CopyBegun(name)
            return
        if coming.shape != shape:
            coming.shape, coming.still = shape, 0
            return
        coming.still += 1
        if coming.still < STILL:
            return
        found = self._read(name, shape)
        waits = found in (CopyFault.UNFINISHED, CopyFault.UNREADABLE) and coming.still < PATIENCE
        if found is None or waits:
            return
        del self._coming[name]
        self._done[name] = shape
        if isinstance(found, CopyFault):
            log.info("camera.refused fault=%s size=%s", found, shape.size)
            yield CopyRefused(name, found)
        else:
            log.info("camera.ready kind=%s size=%s", found[0], shape.size)
            yield CopyReady(name, *found)

    def _read(self, name: str, shape: _Shape) -> tuple[CopyKind, bytes] | CopyFault | None:
        """Return kind and content; None where the file was written meanwhile."""
        if shape.size > MAX_BYTES:
            return CopyFault.TOO_LARGE
        try:
            with (self._folder / name).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
                after = os.fstat(file.fileno())
        except OSError:
            return CopyFault.UNREADABLE  # whoever writes it may hold it shut
        if not stat.S_ISREG(after.st_mode) or _shape(after) != shape or len(content) != shape.size:
            return None
        kind = kind_of(content)
        return kind if isinstance(kind, CopyFault) else (kind, content)


def _shape(found: os.stat_result) -> _Shape:
    return _Shape(found.st_size, found.st_mtime_ns)


def _is_passing(name: str) -> bool:
    lower = name.lower()
    return lower.startswith((".", "~")) or lower.endswith(PASSING) or lower in OF_SYSTEMS
