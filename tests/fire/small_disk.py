"""A disk that can be filled to the last byte: a tmpfs of the process's own; where it may mount none, a limit of sizes.

``alone`` gives the words before a command whose process may mount: with the rights of root, or of a user in a
namespace of their own. Without either, the files of the processes that are looked at may no longer grow.
"""

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Protocol

BALLAST = "ballast"
UNMOUNTED = ("unshare", "-m"), ("unshare", "-Urm")
SMALL = 4096
"""A limit, in bytes: below it stands nothing that a database still has to write."""


class SmallDisk(Protocol):
    """``told`` are the codes of the faults that a store on it may meet when it is full."""

    folder: Path
    told: frozenset[str]

    def fill(self, *pids: int) -> None:
        """Leave no room to these processes."""

    def free(self, *pids: int) -> None:
        """Make room again."""


class Tmpfs:
    """A file system of ``mib`` mebibytes; it is gone with the last process of its namespace."""

    told = frozenset({"disk_full"})

    def __init__(self, folder: Path, mib: int) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=700", "small", str(folder)], check=True)

    def fill(self, *_pids: int) -> None:
        with (self.folder / BALLAST).open("ab", buffering=0) as file:
            for size in (1 << 16, 4096, 1):
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError:
                    continue

    def free(self, *_pids: int) -> None:
        (self.folder / BALLAST).unlink(missing_ok=True)


class Limit:
    """Files that may not grow: SQLite takes that for a broken disk, not for a full one."""

    told = frozenset({"store_unusable"})

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)

    def fill(self, *pids: int) -> None:
        self._limit(pids, SMALL)

    def free(self, *pids: int) -> None:
        self._limit(pids, resource.RLIM_INFINITY)

    def _limit(self, pids: tuple[int, ...], soft: int) -> None:
        for pid in pids:
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


def alone() -> list[str] | None:
    """Return the words before a command whose process may mount a tmpfs; None where no process here may."""
    for words in UNMOUNTED if shutil.which("unshare") else ():
        with tempfile.TemporaryDirectory() as folder:
            mount = [*words, "mount", "-t", "tmpfs", "-o", "size=64k", "small", folder]
            if subprocess.run(mount, check=False, capture_output=True).returncode == 0:
                return list(words)
    return None
