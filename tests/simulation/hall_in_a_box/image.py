"""A counter's disk as a file, and back: what an administrator copies, restores, or has made anew by the program."""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped] # it has no stubs

from app.storage.engine import KEY_BYTES
from hall_in_a_box.disk import Disk

KEY = bytes(range(KEY_BYTES))
_OPEN = f"AS image KEY \"x'{KEY.hex()}'\""


def write_image(disk: Disk, path: Path) -> None:
    """Write everything on the disk into a new encrypted file."""
    disk.make_room()
    disk.execute(f"ATTACH DATABASE '{path}' {_OPEN}")
    disk.execute("SELECT sqlcipher_export('image')").fetchall()
    disk.execute("DETACH DATABASE image")


def put_back(path: Path, disk: Disk, *, encrypted: bool) -> None:
    """Replace everything on the disk by what the file holds."""
    name = ":memory:"
    read = sqlcipher.connect(str(path) if encrypted else name, isolation_level=None)
    if encrypted:
        read.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    else:
        read.execute(f"ATTACH DATABASE '{path}' {_OPEN}")
        read.execute("SELECT sqlcipher_export('main', 'image')").fetchall()
        read.execute("DETACH DATABASE image")
    read.backup(disk)
    read.close()
